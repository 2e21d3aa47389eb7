// Reads credentials that inboxctl sealed, with nothing but Node's own crypto.
// The format is described in docs/credentials.md.
//
//   node examples/read-credentials.mjs KEYRING TABLE ROW_ID CHANNEL COLUMN < envelope
//       prints the names of the fields that the envelope holds
//   node examples/read-credentials.mjs --vectors tests/vectors/*.json
//       tests this reader against the vectors
//
// In an application, take `readKeyring` and `openEnvelope`.

import { createDecipheriv, hkdfSync, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";

const TAG_BYTES = 16;
const CIPHERTEXT_AT = 70;

export class EnvelopeError extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

// Node ignores what is no base64; here every text has to be the only one of its bytes.
function decodeBase64Url(text) {
  const bytes = Buffer.from(text, "base64url");
  return bytes.toString("base64url") === text ? bytes : undefined;
}

/** A map from the id of each key, 16 hex digits, to its 32 bytes. */
export function readKeyring(document) {
  if (document.version !== 1 || !document.keys) {
    throw new Error("not an open keyring of version 1");
  }
  return new Map(
    document.keys.map(({ id, key: text }) => {
      const key = decodeBase64Url(text);
      if (key?.length !== 32) throw new Error(`the key ${id} is malformed`);
      const derived = Buffer.from(hkdfSync("sha256", key, "", "inboxctl key id", 8));
      if (derived.toString("hex") !== id) throw new Error(`the key called ${id} is another one`);
      return [id, key];
    }),
  );
}

/** The plain text of an envelope that stands at `place`: table, rowId, channel, column. */
export function openEnvelope(keys, place, text) {
  if (!text.startsWith("sc1:")) throw new EnvelopeError("malformed", "not an envelope");
  const bytes = decodeBase64Url(text.slice(4));
  if (!bytes) throw new EnvelopeError("malformed", "not base64url");
  if (bytes.length < CIPHERTEXT_AT + TAG_BYTES) throw new EnvelopeError("malformed", "too short");
  if (bytes[0] !== 1 || bytes[1] !== 1) {
    throw new EnvelopeError("malformed", "unknown version or algorithm");
  }
  const keyId = bytes.subarray(2, 10);
  const salt = bytes.subarray(10, 26);
  const commitment = bytes.subarray(26, 58);
  const nonce = bytes.subarray(58, CIPHERTEXT_AT);
  const key = keys.get(keyId.toString("hex"));
  if (!key) throw new EnvelopeError("key_missing", `no key ${keyId.toString("hex")}`);
  const derived = Buffer.from(hkdfSync("sha256", key, salt, "inboxctl sc1", 64));
  if (!timingSafeEqual(derived.subarray(32), commitment)) {
    throw new EnvelopeError("wrong_key", "not sealed under the key that it names");
  }
  const decipher = createDecipheriv("aes-256-gcm", derived.subarray(0, 32), nonce, {
    authTagLength: TAG_BYTES,
  });
  const parts = [
    bytes.subarray(0, 1),
    bytes.subarray(1, 2),
    keyId,
    salt,
    ...[place.table, place.rowId, place.channel, place.column].map((part) => Buffer.from(part)),
  ];
  decipher.setAAD(
    Buffer.concat(
      parts.flatMap((part) => {
        const length = Buffer.alloc(4);
        length.writeUInt32BE(part.length);
        return [length, part];
      }),
    ),
  );
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  const head = decipher.update(bytes.subarray(CIPHERTEXT_AT, -TAG_BYTES));
  try {
    return Buffer.concat([head, decipher.final()]).toString("utf8");
  } catch {
    throw new EnvelopeError("tampered", "changed, or moved from another row or column");
  }
}

function testVectors(files) {
  let count = 0;
  for (const file of files) {
    const document = JSON.parse(readFileSync(file, "utf8"));
    const keys = readKeyring(document.keyring);
    for (const vector of document.vectors) {
      const place = {
        table: vector.table,
        rowId: vector.row_id,
        channel: vector.channel,
        column: vector.column,
      };
      let found;
      try {
        found = { plaintext: openEnvelope(keys, place, vector.envelope) };
      } catch (error) {
        found = { error: error.code ?? String(error) };
      }
      if (found.plaintext !== vector.plaintext || found.error !== vector.error) {
        console.error(`${file}: ${vector.name}: found ${JSON.stringify(found)}`);
        process.exitCode = 1;
      }
      count += 1;
    }
  }
  if (!process.exitCode) console.log(`${count} vectors hold`);
}

if (process.argv[2] === "--vectors") {
  testVectors(process.argv.slice(3));
} else if (process.argv.length === 7) {
  const [file, table, rowId, channel, column] = process.argv.slice(2);
  const keys = readKeyring(JSON.parse(readFileSync(file, "utf8")));
  const text = readFileSync(0, "utf8").trim();
  const fields = JSON.parse(openEnvelope(keys, { table, rowId, channel, column }, text));
  console.log(Object.keys(fields).join("\n"));
}
