/** The library: what the `smg` command does, as functions. */
export { type ConnectionSettings, loadConfig, parseConfig, resolveConnection } from './config/load.ts'
export type { Config } from './config/schema.ts'
export {
  ConfigError,
  DatabaseError,
  InterruptedError,
  ModelFileError,
  SmgError,
  SourceDataError,
} from './errors.ts'
export { listModels, loadModel, saveModel } from './model/checkpoint.ts'
export type { TrainedModel } from './model/model.ts'
export { type ConnectionOptions, type Database, openDatabase } from './neo4j/database.ts'
export { type CheckResult, check } from './pipeline/check.ts'
export { type ConnectOptions, connect } from './pipeline/connect.ts'
export { type ImportOptions, type ImportResult, importTuDataset } from './pipeline/import-tudataset.ts'
export { type GraphMasks, type MemberMasks, readMasks } from './pipeline/masks.ts'
export { type SyncResult, sync } from './pipeline/sync.ts'
export type { SyncOptions, SyncPhase } from './pipeline/sync-options.ts'
export { type RemoveResult, removeEverything } from './write-back/remove.ts'
