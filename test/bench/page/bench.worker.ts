import { measure } from '../../../workers/headless/measure'

self.onmessage = ({ data }: MessageEvent<{ rows: number; metrics: number }>) => {
  self.postMessage([...measure(data.rows, data.metrics)])
}
