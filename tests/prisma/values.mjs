// Values of fields: what to write, and how what was read compares with it.
import { randomUUID } from 'node:crypto'
import { Prisma } from '@prisma/client'

const DAY_MS = 86_400_000

// The nth value of a field. Two numbers never make the same value, but for types that have only a few.
export function value(model, field, enums, n) {
  const one = (at) => (field.kind === 'enum' ? label(enums, field, at) : scalar(field, at))
  return field.isList ? [one(n), one(n + 1)] : one(n)
}

function label(enums, field, n) {
  const { values } = enums.find(({ name }) => name === field.type)
  return values[n % values.length].name
}

function scalar(field, n) {
  const [native, [size, digits] = []] = field.nativeType ?? []
  switch (field.type) {
    case 'String':
      return text(field, n, native, Number(size))
    case 'Int':
      return n + 1
    case 'BigInt':
      return 2n ** 40n + BigInt(n)
    case 'Float':
      return n + 0.5
    case 'Decimal':
      return new Prisma.Decimal(digits === '0' ? n : `${n}.25`)
    case 'Boolean':
      return n % 2 === 0
    case 'DateTime':
      return time(n, native)
    case 'Json':
      return { number: n, text: 'ä"\'\\', list: [null, true], nested: {} }
    case 'Bytes':
      return Uint8Array.of(0, 255, n % 256)
    default:
      throw new Error(`no value for a ${field.type}`)
  }
}

function text(field, n, native, size) {
  switch (native) {
    case 'Uuid':
      return randomUUID()
    case 'Inet':
      return `192.0.2.${n % 256}`
    case 'Xml':
      return `<n>${n}</n>`
    case 'Bit':
    case 'VarBit':
      return (n % 2 ** size).toString(2).padStart(size, '0')
    case 'Char':
    case 'VarChar':
      return String(n).padStart(Number.isNaN(size) ? 1 : size, 'x').slice(-size)
    default:
      return `${field.name} ${n} ä"'\\`
  }
}

function time(n, native) {
  // All of them are past.
  const day = Date.UTC(2020, 0, 1) + n * DAY_MS
  switch (native) {
    case 'Date':
      return new Date(day)
    case 'Time':
    case 'Timetz':
      return new Date((n * 61_000) % DAY_MS)
    default:
      return new Date(day + 12_345_678)
  }
}

// In a form that deepEqual compares by value.
export function plain(found) {
  if (found instanceof Uint8Array) return `bytes ${Buffer.from(found).toString('hex')}`
  if (Prisma.Decimal.isDecimal(found)) return `decimal ${found.toString()}`
  if (found instanceof Date) return `time ${found.toISOString()}`
  if (Array.isArray(found)) return found.map(plain)
  if (found === null || typeof found !== 'object') return found
  return Object.fromEntries(Object.entries(found).map(([key, inner]) => [key, plain(inner)]))
}
