// What the check constraints and the triggers of the tables make of a row, which the data model doesn't say.
const FITTING = {
  ContactIdentity: (data) => {
    if ('kind' in data) return { ...data, network: data.kind === 'HANDLE' ? 'twitter' : null }
    return data.network === null ? { ...data, kind: 'PHONE' } : data
  },
  DistinctContact: (data) => {
    const [lowId, highId] = [data.lowId, data.highId].sort()
    return lowId ? { ...data, lowId, highId } : data
  },
  Message: (data) => {
    const isReceived = data.direction === 'INBOUND' && ['QUEUED', 'SENT', 'DELIVERED'].includes(data.status)
    return isReceived ? { ...data, status: 'RECEIVED' } : data
  },
  RetentionHold: (data) => ({ ...data, ...('kind' in data && { kind: 'contact' }) }),
}

export const fit = (model, data) => FITTING[model]?.(data) ?? data
