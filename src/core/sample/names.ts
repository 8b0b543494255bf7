const FRONTS =
  'Alder Amber Ash Aspen Autumn Bay Beacon Birch Black Blue Bright Brook Cedar Clear Cliff Cobalt Copper Coral Crest Dawn ' +
  'Deep Dove East Ebon Elm Ember Ever Fair Falcon Fern Fir Flint Forest Fox Glen Gold Granite Green Grey Gull Hart Haven ' +
  'Hazel Heron High Hill Hollow Iron Ivory Ivy Jade June Juniper Keen Kestrel Lake Larch Lark Laurel Lime Linden Long Lumen ' +
  'Maple Marble Marsh Mead Mill Mist Moon Moss Nimble North Oak Ocean Olive Onyx Opal Orchard Osprey Otter Owl Palm Park ' +
  'Pearl Pebble Pine Plum Prime Quartz Quick Quill Rain Raven Red Reed Ridge River Robin Rock Rose Rowan Sage Salt Sand ' +
  'Sea Shade Silver Sky Slate Snow South Spring Spruce Star Stone Storm Summer Sun Swan Swift Sycamore Thorn Tidal Timber ' +
  'Vale Vast Violet Vista Walnut West White Wild Willow Wind Winter Wood Wren Yarrow Yew'
const BACKS =
  'bank bay bend borough bourne bridge brook burn bury castle cliff combe cote cove crest croft dale den ditch down edge ' +
  'fall fell field firth ford forge gate glade glen grove hall ham harbor haven head heath hill holm hurst lake land lea ' +
  'lock march mark mead mere mill minster moor mount path peak point pond pool port reach ridge rock row shaw shire shore ' +
  'side spring stead stone strand thorpe ton vale view ville wall water way well wick wind wood worth yard'
const KINDS =
  'Advisory Analytics Apparel Architects Automation Aviation Bakery Biotech Books Brands Builders Capital Care Catering ' +
  'Ceramics Chemicals Clinics Cloud Coffee Commerce Components Consulting Controls Cosmetics Couriers Creative Data Dental ' +
  'Design Devices Diagnostics Digital Distribution Dynamics Education Electric Electronics Energy Engineering Events Fabrics ' +
  'Farms Finance Fitness Foods Foundry Freight Furniture Games Gardens Glass Group Grocers Hardware Health Hospitality ' +
  'Hotels Imaging Insurance Interiors Irrigation Labs Leasing Legal Lighting Logistics Machinery Marine Markets Materials ' +
  'Media Medical Metals Mobility Motors Museums Networks Nursery Optics Outdoor Packaging Paints Paper Partners Payments ' +
  'Pharma Photo Plastics Power Press Printing Produce Properties Publishing Radio Rail Realty Recruiting Rentals Research ' +
  'Retail Robotics Roofing Schools Security Sensors Services Shipping Software Solar Sports Staffing Steel Storage Studios ' +
  'Supply Systems Telecom Textiles Tools Toys Training Transport Travel Utilities Ventures Vision Water Wireless Works'

const fronts = FRONTS.split(' ')
const backs = BACKS.split(' ')
const kinds = KINDS.split(' ')
const TOTAL = fronts.length * backs.length * kinds.length
/** Shares no factor with the number of names, so that stepping by it meets each of them once. */
const STEP = 612_439

/** The name of a customer, different for each of the first million; "Northfield Logistics". */
export function companyName(customer: number, seed: number): string {
  const at = ((customer % TOTAL) * STEP + (seed % TOTAL) * 7919) % TOTAL
  const front = fronts[at % fronts.length]!
  const back = backs[Math.floor(at / fronts.length) % backs.length]!
  const kind = kinds[Math.floor(at / (fronts.length * backs.length))]!
  return `${front}${back} ${kind}`
}
