// A generator beside that of the client: writes the whole data model to dmmf.json. What the client has of it at run
// time names neither required fields nor defaults nor keys.
// A generator gets requests as lines of JSON on stdin and answers on stderr.
import { writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

const answers = {
  getManifest: () => ({ manifest: { prettyName: 'data model', defaultOutput: '.' } }),
  generate: ({ dmmf }) => writeFileSync('dmmf.json', JSON.stringify(dmmf.datamodel)) ?? null,
}

for await (const line of createInterface({ input: process.stdin })) {
  const { id, method, params } = JSON.parse(line)
  const result = answers[method]?.(params) ?? null
  process.stderr.write(`${JSON.stringify({ jsonrpc: '2.0', id, result })}\n`)
}
