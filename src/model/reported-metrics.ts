/** The measures of a model that results and the catalog show: those of its held-out test part, in the words of DESIGN. */
import type { ClassificationMetrics, Metrics, RegressionMetrics } from './metrics.ts'

export type ReportedMetrics = Omit<ClassificationMetrics, 'loss'> | Omit<RegressionMetrics, 'loss'>

export function reportedMetrics(metrics: Metrics): ReportedMetrics {
  const { loss: _loss, ...reported } = metrics
  return reported
}
