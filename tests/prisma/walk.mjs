// Creates, reads, updates and deletes rows of every model of dmmf.json, with what they are related to, and prints how
// many of each there were. A wrong name, type, default, key or relation in the schema makes it fail.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { PrismaClient } from '@prisma/client'
import { PrismaPg } from '@prisma/adapter-pg'
import { value, plain } from './values.mjs'
import { fit } from './checks.mjs'

const { models, enums } = JSON.parse(readFileSync('dmmf.json', 'utf8'))
const client = new PrismaClient({ adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL }) })
let numbers = 0

// --- What the data model says ---------------------------------------------------------------------------------------

const modelOf = (name) => models.find((model) => model.name === name)
const delegate = ({ name }) => client[name[0].toLowerCase() + name.slice(1)]
const forwards = (model) => model.fields.filter((field) => field.relationFromFields?.length)
const relations = (model) => model.fields.filter((field) => field.kind === 'object')
const scalars = (model) => model.fields.filter((field) => field.kind !== 'object')
// A key is set by way of its relation; some values only the database makes.
const isMade = ({ default: made }) => made?.name === 'autoincrement' || (made?.name === 'dbgenerated' && !made.args[0])
const writable = (model) => scalars(model).filter((field) => !field.isReadOnly && !isMade(field))
const keys = (model) => {
  const single = model.fields.find((field) => field.isId || field.isUnique)
  return model.primaryKey?.fields ?? (single && [single.name]) ?? model.uniqueFields[0]
}
const isKey = (model, field) => keys(model).includes(field.name)
const pick = (row, names) => Object.fromEntries(names.map((name) => [name, row[name]]))
const where = (model, row) => {
  const found = pick(row, keys(model))
  return keys(model).length > 1 ? { [keys(model).join('_')]: found } : found
}

// The other side of a relation.
const opposite = (model, field) =>
  modelOf(field.type).fields.find(
    (other) => other.relationName === field.relationName && !(model.name === field.type && other === field),
  )

// --- Rows -----------------------------------------------------------------------------------------------------------

const values = (model, fields) =>
  fit(model.name, Object.fromEntries(fields.map((field) => [field.name, value(model, field, enums, numbers++)])))

// Makes a row for each of `fields`, and returns the rows.
async function parents(model, fields, made) {
  const rows = {}
  for (const field of fields) rows[field.name] = await create(modelOf(field.type), false, made)
  return rows
}

const connect = (model, rows) =>
  Object.fromEntries(
    Object.entries(rows).map(([name, row]) => {
      const { type } = model.fields.find((field) => field.name === name)
      return [name, { connect: where(modelOf(type), row) }]
    }),
  )

// A row with everything, or with what it can't do without: the rest is the database's.
async function create(model, isFull, made) {
  const rows = await parents(model, forwards(model).filter((field) => isFull || field.isRequired), made)
  const isNeeded = (field) => field.isRequired && !field.hasDefaultValue
  const given = values(model, writable(model).filter((field) => isFull || isNeeded(field)))
  const row = await delegate(model).create({ data: { ...given, ...connect(model, rows) } })
  made.push([model, row])
  assertHas(model, row, given)
  for (const field of scalars(model).filter((field) => field.isRequired)) {
    assert.notEqual(row[field.name], null, `${model.name}.${field.name}`)
  }
  for (const field of forwards(model)) {
    const parent = rows[field.name]
    const expected = field.relationToFields.map((name) => parent?.[name] ?? null)
    assert.deepEqual(field.relationFromFields.map((name) => plain(row[name])), expected.map(plain), `${model.name}.${field.name}`)
  }
  return Object.assign(row, { [PARENTS]: rows })
}

const PARENTS = Symbol('parents')

function assertHas(model, row, given) {
  const found = pick(row, Object.keys(given))
  assert.deepEqual(plain(found), plain(given), model.name)
}

// --- The walk -------------------------------------------------------------------------------------------------------

// From the row to its parents and from them back, by include and by filter.
async function read(model, row) {
  const include = Object.fromEntries(relations(model).map(({ name }) => [name, true]))
  const query = { where: where(model, row), ...(relations(model).length && { include }) }
  const found = await delegate(model).findUniqueOrThrow(query)
  assertHas(model, found, pick(row, scalars(model).map(({ name }) => name)))
  for (const field of forwards(model)) {
    const parent = row[PARENTS][field.name]
    const other = modelOf(field.type)
    assertHas(other, found[field.name], pick(parent, keys(other)))
    const back = opposite(model, field)
    const again = await delegate(other).findUniqueOrThrow({ where: where(other, parent), include: { [back.name]: true } })
    const children = [again[back.name]].flat()
    assert.deepEqual(children.map((child) => plain(where(model, child))), [plain(where(model, row))], `${other.name}.${back.name}`)
    assert.equal(await delegate(model).count({ where: { [field.name]: pick(parent, keys(other)) } }), 1, `${model.name}.${field.name}`)
  }
}

async function update(model, row, made) {
  const find = () => delegate(model).findUniqueOrThrow({ where: where(model, row) })
  const change = async (data) => {
    const given = fit(model.name, data)
    assertHas(model, await delegate(model).update({ where: where(model, row), data: given }), given)
    assertHas(model, await find(), given)
  }
  const free = writable(model).filter((field) => !isKey(model, field))
  const stamp = free.find((field) => field.name === 'updatedAt')
  const texts = free.filter((field) => field.type === 'String' && field.kind === 'scalar')
  const other = texts.find((field) => field.isRequired) ?? texts[0]
  if (stamp && other) {
    const before = (await find()).updatedAt
    // A Date knows milliseconds only.
    await setTimeout(2)
    await change(pick(values(model, [other]), [other.name]))
    assert.ok((await find()).updatedAt > before, `${model.name}.updatedAt`)
  }
  if (free.length) await change(values(model, free))
  for (const field of free.filter((field) => field.kind === 'enum' && !field.isList && !field.isUnique)) {
    for (const { name } of enums.find((made) => made.name === field.type).values) {
      await change({ [field.name]: name })
      assert.equal(await delegate(model).count({ where: { ...pick(row, keys(model)), [field.name]: name } }), 1)
    }
  }
  const json = (field) => field.type === 'Json'
  const clear = free.filter((field) => !field.isRequired && !field.isList && !json(field)).map(({ name }) => [name, null])
  if (clear.length) await change(Object.fromEntries(clear))
  const moved = forwards(model).filter((field) => !field.relationFromFields.some((name) => keys(model).includes(name)))
  const rows = await parents(model, moved, made)
  if (moved.length) await delegate(model).update({ where: where(model, row), data: connect(model, rows) })
  await read(model, Object.assign(await find(), { [PARENTS]: { ...row[PARENTS], ...rows } }))
}

const remove = async ([model, row]) => {
  await delegate(model).delete({ where: where(model, row) })
  assert.equal(await delegate(model).findUnique({ where: where(model, row) }), null, model.name)
}

async function walk(model) {
  const before = await delegate(model).count()
  const made = []
  await create(model, false, made)
  const sparse = made.length
  for (const one of made.splice(0).reverse()) await remove(one)
  const row = await create(model, true, made)
  await read(model, row)
  await update(model, row, made)
  // The row before those that it was moved to.
  const own = made.findIndex(([, found]) => found === row)
  await remove(made.splice(own, 1)[0])
  const rows = sparse + made.length + 1
  for (const one of made.reverse()) await remove(one)
  assert.equal(await delegate(model).count(), before, model.name)
  console.log(`${model.name} ${rows}`)
}

for (const model of models) {
  await walk(model).catch((error) => {
    // Node would print the client's source with it.
    console.error(model.name, error.stack)
    process.exit(1)
  })
}
await client.$disconnect()
