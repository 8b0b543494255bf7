export type { RecentWorkbook } from '../storage/model-store'
