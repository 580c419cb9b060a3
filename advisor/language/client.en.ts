/** What the tablet says of a client who is known, in English. */
export const clientEn = {
  'client.title': 'Client',
  'client.unknown':
    'Not known here. Whether that changes, the client decides: the mirror asks them, and has a mark for their own phone.',
  'client.card': 'Their card, if they hand it to you',
  'client.ask': 'Ask on the mirror',
  'client.waits': 'The mirror asks the client, until {time}.',
  'client.declined': 'The client prefers not to be known. That is all that was told.',
  'client.no-facts': 'The house has nothing on record for what they said yes to.',
  'client.known.help': 'Read from the house just now and kept nowhere. It leaves this screen with the visit.',
  'client.term.visit': 'for this visit',
  'client.term.month': 'until {day}',
  'client.stop': 'Stop',
  'client.stop.label': 'Stop: {purpose}',
  'client.erase': 'The client wishes to be forgotten',
  'client.erase.title': 'Forget this client?',
  'client.erase.words':
    'What the boutique and the house’s own files know of them is erased, for good. Do it at their own word only.',
  'client.erase.yes': 'They wish it: forget them',
  'client.erase.no': 'Not now',
  'client.erasure.asked': 'Forgotten here. The house’s own files are being erased.',
  'client.erasure.done': 'Forgotten here, and erased in the house’s own files.',
  'client.erasure.by-hand':
    'Forgotten here. In the house’s own files a person must erase it: the operator has been told.',
  'client.why.client-unknown': 'Nobody is known by this card.',
  'client.why.code-locked': 'Too many unknown cards. Wait two minutes, then try again.',
  'client.why.oms-unavailable':
    'The house’s system does not answer. Nothing was changed; try again in a moment.',
  'client.why.unreachable': 'It did not reach the boutique. Try again when the line is back.',
  'client.why.session-ended': 'The visit has ended, and with it what was known.',
  'client.why.declined.until':
    'The client said no. You may ask again from {time} on; they can begin it on the mirror themselves at any time.',
  'client.why.conflict': 'Somebody else is known in this visit. Have them forgotten first.',
  'client.why.other': 'That did not work. Try again in a moment.',
} as const;
