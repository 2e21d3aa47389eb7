// The calls that a helpdesk makes, on models whose names it kept while its database became an inbox: prints how many
// rows each model has, then a line for each call. Some can't be as they were, and have to say why.
import assert from 'node:assert/strict'
import { PrismaClient, Prisma } from '@prisma/client'
import { PrismaPg } from '@prisma/adapter-pg'

const client = new PrismaClient({ adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL }) })
const { user, contact, message, note, integration, assignment, presence, auditLog, job, template, invoice, tag, owed } = client
const { JsonNull, DbNull } = Prisma

let hasFailed = false
async function call(name, run, refusal) {
  try {
    await run()
    if (refusal) throw new Error('it was not refused')
    console.log(`ok ${name}`)
  } catch (error) {
    if (refusal?.test(error.message)) return console.log(`refused ${name}`)
    hasFailed = true
    console.log(`FAILED ${name}: ${error.stack.slice(0, 1500)}`)
  }
}

// --- Every row that was adopted -------------------------------------------------------------------------------------

const models = { user, contact, message, note, integration, assignment, presence, auditLog, job, template, invoice, tag, owed }
for (const [name, delegate] of Object.entries(models)) {
  const rows = await delegate.findMany()
  assert.equal(rows.length, await delegate.count(), name)
  console.log(`${name} ${rows.length}`)
}

// --- Calls ----------------------------------------------------------------------------------------------------------

const ana = await user.findUniqueOrThrow({ where: { email: 'u2@x.example' } })
const kim = await contact.findFirstOrThrow({ where: { name: 'Contact 2' } })
const sms = { contactId: kim.id, channel: 'SMS', content: 'x' }

await call('a user', () => user.create({ data: { email: 'new@x.example', name: 'New', role: 'ADMIN' } }))
await call('a user without a name', async () => {
  assert.equal((await user.create({ data: { email: 'nameless@x.example' } })).name, 'nameless')
})
await call('a user, inserted or updated by e-mail', async () => {
  const where = { email: 'up@x.example' }
  const first = await user.upsert({ where, create: { ...where, name: null }, update: {} })
  const second = await user.upsert({ where, create: where, update: { name: 'Up', role: 'EDITOR' } })
  assert.deepEqual([first.name, second.name, second.id], ['up', 'Up', first.id])
})
await call('a contact by its id, with all that hangs on it', async () => {
  const include = { messages: { orderBy: { createdAt: 'desc' }, take: 5, include: { author: true } }, notes: { include: { user: true } }, assignment: true, owner: true, tags: true, invoices: true }
  const found = await contact.findUniqueOrThrow({ where: { id: kim.id }, include })
  assert.deepEqual([found.messages.length, found.notes.length, found.tags[0].name, found.invoices.length], [4, 1, 'VIP', 1])
  assert.equal(found.assignment.userId, ana.id)
  assert.ok(found.owner && found.notes[0].user)
})
await call('contacts by a part of the name', async () => {
  assert.equal((await contact.findMany({ where: { OR: [{ name: { contains: 'TACT 2', mode: 'insensitive' } }] } })).length, 11)
})
await call('a contact', async () => {
  const made = await contact.create({ data: { name: 'New', phone: '+1', email: 'n@x.example', socialHandles: { twitter: '@n' } } })
  assert.deepEqual([made.company, made.metadata, made.socialHandles], ['none', {}, { twitter: '@n' }])
})
await call('a contact with the null of JSON and that of SQL', async () => {
  assert.deepEqual((await contact.create({ data: { metadata: JsonNull, socialHandles: DbNull } })).metadata, {})
})
await call('a contact with lists in its JSON', async () => {
  const made = await contact.create({ data: { metadata: [1, [2]], socialHandles: ['@n'] } })
  assert.deepEqual([made.metadata, made.socialHandles], [[1, [2]], ['@n']])
})
await call('a contact is changed', async () => {
  const changed = await contact.update({ where: { id: kim.id }, data: { metadata: JsonNull, company: 'B', owner: { disconnect: true } } })
  assert.deepEqual([changed.metadata, changed.company, changed.ownerId], [{}, 'B', null])
})
await call('a contact with its first message', async () => {
  const messages = { create: [{ channel: 'EMAIL', direction: 'INBOUND', content: 'hi' }] }
  const made = await contact.create({ data: { name: 'Nested', messages }, include: { messages: true } })
  assert.equal(made.messages[0].status, 'RECEIVED')
})
await call('a message without a status', async () => {
  assert.equal((await message.create({ data: { ...sms, direction: 'OUTBOUND' } })).status, 'PENDING')
})
await call('a message that is PENDING', async () => {
  assert.equal((await message.create({ data: { ...sms, direction: 'OUTBOUND', status: 'PENDING', authorId: ana.id } })).status, 'PENDING')
})
await call('messages that are PENDING', async () => {
  assert.ok((await message.count({ where: { status: 'PENDING', direction: 'OUTBOUND' } })) > 2)
})
await call('an inbound message that is DELIVERED', async () => {
  assert.equal((await message.create({ data: { ...sms, direction: 'INBOUND', status: 'DELIVERED' } })).status, 'RECEIVED')
})
await call('a message in a thread of the provider', async () => {
  const threadId = '<' + 'CAF+long.'.repeat(800) + '@mail.example>'
  await message.create({ data: { ...sms, direction: 'INBOUND', threadId, externalId: 'SM-new' } })
  assert.equal((await message.findMany({ where: { threadId }, orderBy: { createdAt: 'asc' } })).length, 1)
})
await call('a message by the id of its provider', async () => {
  const where = { externalId: 'SM7' }
  const changed = await message.upsert({ where, create: { ...sms, ...where, direction: 'INBOUND' }, update: { status: 'READ', readAt: new Date() } })
  assert.equal(changed.content, 'body 7')
})
await call('several messages at once', async () => {
  const data = [1, 2, 3].map((n) => ({ ...sms, direction: 'OUTBOUND', content: `many ${n}`, metadata: n > 1 ? { n } : undefined }))
  assert.equal((await message.createMany({ data })).count, 3)
})
await call('a message that is sent', async () => {
  const { id } = await message.findFirstOrThrow({ where: { content: 'many 1' } })
  const sent = await message.update({ where: { id }, data: { status: 'DELIVERED', sentAt: new Date() } })
  assert.equal(sent.status, 'DELIVERED')
})
await call('messages whose time has come', async () => {
  await message.create({ data: { ...sms, direction: 'OUTBOUND', status: 'SCHEDULED', scheduledAt: new Date(0) } })
  assert.equal((await message.findMany({ where: { status: 'SCHEDULED', scheduledAt: { lte: new Date() } } })).length, 1)
})
await call('how many messages are unread', async () => {
  assert.ok((await message.count({ where: { direction: 'INBOUND', readAt: null } })) > 40)
})
await call('messages are read', async () => {
  const where = { contactId: kim.id, direction: 'INBOUND', readAt: null }
  assert.ok((await message.updateMany({ where, data: { readAt: new Date(), status: 'READ' } })).count > 0)
  assert.equal(await message.count({ where }), 0)
})
await call('messages by channel', async () => {
  const groups = await message.groupBy({ by: ['channel'], _count: { _all: true }, orderBy: { channel: 'asc' } })
  assert.deepEqual(groups.map((group) => group.channel), ['SMS', 'WHATSAPP', 'EMAIL'])
})
await call('messages by status and direction', async () => {
  const groups = await message.groupBy({ by: ['status', 'direction'], _count: true })
  const statuses = groups.filter((group) => group.direction === 'INBOUND').map((group) => group.status)
  assert.deepEqual(statuses.sort(), ['FAILED', 'READ', 'RECEIVED'])
})
await call('a note', async () => {
  const made = await note.create({ data: { contactId: kim.id, userId: ana.id, content: 'n' }, include: { user: { select: { name: true } }, contact: true } })
  assert.deepEqual([made.type, made.user.name], ['PUBLIC', 'User 2'])
})
await call('an assignment by its contact', async () => {
  const where = { contactId: kim.id }
  const { id: userId } = await user.findUniqueOrThrow({ where: { email: 'u3@x.example' } })
  assert.equal((await assignment.upsert({ where, create: { ...where, userId }, update: { userId } })).userId, userId)
})
await call('an integration by its channel', async () => {
  const upsert = (config) => integration.upsert({ where: { channel: 'EMAIL' }, create: { channel: 'EMAIL', config }, update: { config } })
  assert.deepEqual((await upsert(JsonNull)).config, {})
  assert.deepEqual((await upsert({ host: 'x' })).config, { host: 'x' })
})
await call('the credentials of an integration', async () => {
  assert.deepEqual((await integration.findUniqueOrThrow({ where: { channel: 'SMS' } })).credentials, { token: 'of theirs' })
})
await call('the presence of a user', async () => {
  const where = { userId: ana.id }
  assert.ok((await presence.upsert({ where, create: where, update: { lastSeen: new Date() } })).lastSeen)
})
await call('an entry of the log, without an actor', async () => {
  const made = await auditLog.create({ data: { action: 'LOGIN', resource: 'session', details: ['x'] } })
  assert.deepEqual((await auditLog.findUniqueOrThrow({ where: { id: made.id } })).details, ['x'])
})
await call('entries of the log, page by page', async () => {
  const page = { where: { resource: 'contact' }, orderBy: { createdAt: 'desc' }, take: 10, include: { user: true } }
  const first = await auditLog.findMany(page)
  const second = await auditLog.findMany({ ...page, cursor: { id: first[9].id }, skip: 1 })
  assert.ok(second[0].createdAt < first[9].createdAt)
})
await call('a job goes from PENDING by PROCESSING to COMPLETED', async () => {
  const { id, status } = await job.create({ data: { type: 'send', payload: { a: [1] }, scheduledAt: new Date() } })
  const claimed = await job.updateMany({ where: { id, status: 'PENDING' }, data: { status: 'PROCESSING', attempts: { increment: 1 } } })
  const done = await job.update({ where: { id }, data: { status: 'COMPLETED', error: null } })
  assert.deepEqual([status, claimed.count, done.attempts], ['PENDING', 1, 1])
})
await call('a template with variables', async () => {
  assert.deepEqual((await template.create({ data: { name: 't', content: 'c', variables: ['a', 'b'] } })).variables, ['a', 'b'])
  assert.deepEqual((await template.create({ data: { name: 't', content: 'c' } })).variables, [])
})
await call('its own rows, and what leads to an inbox from them', async () => {
  const made = await invoice.create({ data: { contact: { connect: { id: kim.id } }, amount: '1.50', channel: 'SMS' }, include: { contact: true } })
  assert.equal(made.contact.name, 'Contact 2')
  await contact.update({ where: { id: kim.id }, data: { tags: { create: { name: 'new' } } } })
  assert.equal((await tag.findUniqueOrThrow({ where: { name: 'new' }, include: { contacts: true } })).contacts[0].id, kim.id)
  assert.equal((await owed.findUniqueOrThrow({ where: { contactId: kim.id } })).amount.toString(), '3.5')
})
await call('several calls in a transaction', async () => {
  await client.$transaction(async (tx) => {
    const { id } = await tx.message.create({ data: { ...sms, direction: 'OUTBOUND' } })
    await tx.auditLog.create({ data: { action: 'SEND', resource: 'message', resourceId: id, user: { connect: { id: ana.id } } } })
  })
})

await call('a text as an id', () => contact.create({ data: { id: 'contact-1', name: 'x' } }), /invalid input syntax for type uuid: "contact-1"/)
await call('a contact by its old id', () => contact.findUnique({ where: { id: 'cjld2cjxh0000qzrmn831i7rn' } }), /invalid input syntax for type uuid/)
await call('deleting a contact that has messages', () => contact.delete({ where: { id: kim.id } }), /Foreign key constraint violated/)
await call('deleting a user who has notes', () => user.delete({ where: { id: ana.id } }), /Foreign key constraint violated/)
await call('raw SQL with a name of before', () => client.$queryRaw`SELECT "createdAt" FROM contacts`, /column "createdAt" does not exist/)

await client.$disconnect()
process.exitCode = hasFailed ? 1 : 0
