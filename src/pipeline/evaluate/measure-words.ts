/** The measures that tables show, in their order and in words. */
export const measureWords: Readonly<Record<string, string>> = {
  accuracy: 'accuracy',
  f1Macro: 'F1 macro',
  f1Weighted: 'F1 weighted',
  rocAuc: 'ROC AUC',
  calibrationError: 'calibration error',
  meanAbsoluteError: 'mean absolute error',
  rootMeanSquaredError: 'root mean squared error',
  rSquared: 'R²',
}
