/** False only in the control build of the network tests. */
declare const __GUARDED__: boolean
