/** Which Neo4j the local one is, and which Java runs it. */
import { readFileSync } from 'node:fs'
import { ConfigError } from '../errors.ts'
import { pomFile } from './sources.ts'

/** Java majors: `minimum` is required, releases above `newest` were not tried by that Neo4j's makers. */
export interface JavaRange {
  readonly minimum: number
  readonly newest: number
}

const oldestSupported = '5.26.0'
const versionPattern = /^(\d+)\.(\d+)\.(\d+)$/

/** The release that pom.xml names. */
export function defaultNeo4jVersion(): string {
  const version = /<neo4j\.version>([^<]+)</.exec(readFileSync(pomFile, 'utf8'))?.[1]
  if (version === undefined) throw new Error(`Cannot find neo4j.version in ${pomFile}`)
  return version
}

/**
 * The release line: releases of one line open each other's stores, so they share a data folder. "5.26.30" is of line "5.26",
 * "2026.08.1" of "2026".
 * @throws ConfigError when the version is not three numbers or is older than 5.26.
 */
export function releaseLine(version: string): string {
  const [major, minor] = parse(version)
  return isCalendarVersion(major) ? String(major) : `${major}.${minor}`
}

/**
 * Java for a Neo4j: 17 or 21 for 5.26; 21 or 25 for calendar versions (Neo4j Operations Manual, system requirements).
 * @throws ConfigError when the version is not three numbers or is older than 5.26.
 */
export function javaRange(version: string): JavaRange {
  const [major] = parse(version)
  return isCalendarVersion(major) ? { minimum: 21, newest: 25 } : { minimum: 17, newest: 21 }
}

function isCalendarVersion(major: number): boolean {
  return major >= 2025
}

function parse(version: string): readonly [number, number] {
  const match = versionPattern.exec(version)
  if (match === null)
    throw new ConfigError(
      `Cannot use Neo4j version "${version}": expected a full version such as ${defaultNeo4jVersion()} or 2026.08.1`,
    )
  const [major, minor] = [Number(match[1]), Number(match[2])]
  if (major < 5 || (major === 5 && minor < 26))
    throw new ConfigError(`Cannot use Neo4j version ${version}: expected ${oldestSupported} or newer`)
  return [major, minor]
}
