/** The library: what the `smg` command does, as functions, and models of graphology graphs without any database. */
export type { CallOptions, TrainingSettings } from './config/graph-call-options.ts'
export type { AttributeFeature, CreateModelOptions, GraphModel } from './config/graph-model-options.ts'
export { type ConnectionSettings, loadConfig, parseConfig, resolveConnection } from './config/load.ts'
export type { Config } from './config/schema.ts'
export {
  ConfigError,
  DatabaseError,
  InterruptedError,
  ModelFileError,
  NotFiniteError,
  ServerMemoryError,
  SmgError,
  SourceDataError,
} from './errors.ts'
export type { BatchLimits } from './graph/batches-within.ts'
export type { GraphologyGraph } from './graph/graphology-graph.ts'
export type { Key } from './graph/subgraph.ts'
export type { WorkEngine } from './jobs/work-engine.ts'
export { listModels, loadModel, nextVersion, saveModel } from './model/checkpoint.ts'
export type { MaskQuality } from './model/mask-quality/mask-quality.ts'
export type { TrainedModel } from './model/model.ts'
export type { EpochRecord } from './model/train.ts'
export { type ConnectionOptions, type Database, openDatabase } from './neo4j/database.ts'
export { type CheckOptions, type CheckResult, check } from './pipeline/check.ts'
export { type ConnectOptions, connect } from './pipeline/connect.ts'
export { type Estimate, type EstimateOptions, estimate } from './pipeline/estimate.ts'
export type { GraphEntry, GraphInput } from './pipeline/graph-inputs.ts'
export type { MaskOptions, NodeMask, NodeMasks, PerGraph } from './pipeline/graph-masks.ts'
export { createModel, type FitOptions, fit, type MaskQualitySettings } from './pipeline/graph-model.ts'
export {
  type GraphPrediction,
  type GraphPredictOptions,
  type GraphPredictor,
  openPredictor,
  predict,
} from './pipeline/graph-predictions.ts'
export { type ImportOptions, type ImportResult, importDataset } from './pipeline/import-dataset.ts'
export { type GraphMasks, type MemberMasks, readMasks } from './pipeline/masks.ts'
export {
  type Outcome,
  predictStored,
  type StoredPrediction,
  type StoredPredictions,
} from './pipeline/predict-stored.ts'
export { type ConfigProposal, type ProposeOptions, proposeConfig } from './pipeline/propose-config.ts'
export { evaluationReportOf } from './pipeline/reports/evaluation-report.ts'
export { runReport } from './pipeline/reports/run-report.ts'
export { trainingReport } from './pipeline/reports/training-report.ts'
export { type PredictionChange, type RunDifference, runDifference } from './pipeline/run-difference.ts'
export {
  type DroppedModel,
  describeModel,
  exportModel,
  type ImportedModel,
  importModel,
  promoteModel,
  removeModel,
} from './pipeline/stored-models.ts'
export { type SyncResult, sync } from './pipeline/sync.ts'
export type { SyncOptions, SyncPhase } from './pipeline/sync-options.ts'
export type { Unseen } from './pipeline/unseen.ts'
export { readViewedGraph } from './pipeline/view/read-viewed-graph.ts'
export { type WhatIfQuestion, type WhatIfResult, whatIf } from './pipeline/what-if.ts'
export { type MaskPictureOptions, maskPicture } from './viewer/mask-picture.ts'
export { type PngOptions, pictureAsPng } from './viewer/picture-png.ts'
export type { ViewedEdge, ViewedGraph, ViewedNode } from './viewer/viewed-graph.ts'
export type { PlannedWrite } from './write-back/planned-writes.ts'
export { type RemoveResult, removeEverything } from './write-back/remove.ts'
