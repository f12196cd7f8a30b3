/** Files that run at a time, each on a server of its own. */
export const integrationWorkers = process.env['NEO4J_URI'] ? 1 : 2
