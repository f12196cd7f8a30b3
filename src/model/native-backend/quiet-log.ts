import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SmgError } from '../../errors.ts'
import type { TfjsNodePackage } from './installed-package.ts'

/**
 * When TensorFlow 2.18 runs its first graph, it says once on stderr that an optional pass is off ("MLIR V1 optimization pass is
 * not enabled"), through a log that heeds neither TF_CPP_MIN_LOG_LEVEL nor any call that its library exports. So the addon
 * runs an empty graph as it loads, with stderr turned away.
 */
const source = `
#include <fcntl.h>
#include <unistd.h>

#include <cstdio>

#include "tensorflow/c/c_api.h"

static void RunEmptyGraph() {
  TF_Status* status = TF_NewStatus();
  TF_Graph* graph = TF_NewGraph();
  const TF_Operation* nothing = TF_FinishOperation(TF_NewOperation(graph, "NoOp", "nothing"), status);
  TF_SessionOptions* options = TF_NewSessionOptions();
  TF_Session* session = TF_NewSession(graph, options, status);
  TF_SessionRun(session, nullptr, nullptr, nullptr, 0, nullptr, nullptr, 0, &nothing, 1, nullptr, status);
  TF_DeleteSession(session, status);
  TF_DeleteSessionOptions(options);
  TF_DeleteGraph(graph);
  TF_DeleteStatus(status);
}

void QuietLog() {
  fflush(stderr);
  const int kept = dup(STDERR_FILENO);
  const int nowhere = open("/dev/null", O_WRONLY);
  if (kept >= 0 && nowhere >= 0 && dup2(nowhere, STDERR_FILENO) >= 0) {
    RunEmptyGraph();
    dup2(kept, STDERR_FILENO);
  }
  if (nowhere >= 0) close(nowhere);
  if (kept >= 0) close(kept);
}
`

const sourceFile = 'binding/quiet_log.cc'

/** Has the addon of a staged tfjs-node do that. */
export async function addQuietLog(staged: TfjsNodePackage): Promise<void> {
  await writeFile(join(staged.directory, sourceFile), source)
  await replaceIn(
    join(staged.directory, 'binding.gyp'),
    "'binding/tfjs_binding.cc'",
    (line) => `${line}, '${sourceFile}'`,
  )
  const binding = join(staged.directory, 'binding', 'tfjs_binding.cc')
  await replaceIn(binding, 'namespace tfnodejs {', (line) => `void QuietLog();\n${line}`)
  await replaceIn(
    binding,
    'InitTFNodeJSBinding(napi_env env, napi_value exports) {',
    (line) => `${line}\n  QuietLog();`,
  )
}

async function replaceIn(file: string, text: string, replacement: (text: string) => string): Promise<void> {
  const content = await readFile(file, 'utf8')
  if (!content.includes(text))
    throw new SmgError(
      `Cannot build the native backend: expected "${text}" in ${file}, got another version of tfjs-node`,
    )
  await writeFile(file, content.replace(text, replacement))
}
