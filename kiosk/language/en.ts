/** Every sentence of the kiosk in English, in ICU MessageFormat. The other languages have exactly these keys. */
export const en = {
  'language.name': 'English',
  'language.choose': 'Language',

  'attract.touch': 'Touch to begin',

  'welcome.greeting': 'Welcome',
  'welcome.lead': 'This mirror shows you our pieces on your own face, at their true size.',
  'welcome.camera.title': 'What the camera does',
  'welcome.camera.words':
    'It finds where your face, hands and shoulders are, to place a piece on them at its true size. That happens in this mirror and in its memory only.',
  'welcome.never.title': 'What it never does',
  'welcome.never.words':
    'No picture is stored, sent or compared with anyone, and no measurement leaves this mirror unless you hand it over yourself. When you leave, all of it is gone.',
  'welcome.consent': 'The camera stays closed until you touch “{begin}”. By touching it you agree to this.',
  'welcome.begin': 'Begin with the mirror',
  'welcome.without': 'Look without a camera',
  'notice.title': 'The mirror, with your leave',

  'discover.contents': 'The story',
  'discover.open': 'Chapter {number}: {title}',
  'discover.chapter': '{number} of {count}',
  'discover.next': 'Next chapter',
  'discover.try': 'Try it on',
  'discover.see': 'See it worn',
  'discover.variants': 'Choose a finish',

  'wear.mirror': 'Mirror',
  'wear.keep': 'Keep {piece}, {variant}',
  'wear.keep.short': 'Keep',
  'wear.kept': 'Kept',
  'wear.kept.label': 'Kept: {piece}, {variant}',
  'wear.closer': 'Look closer',
  'wear.pieces': 'Pieces and finishes',
  'wear.wearing': '{piece}, {variant}',
  'wear.mirror.on': 'Use the mirror',

  'wear.company': '{people, plural, =2 {Two of us} =3 {Three of us} other {Four of us}}',
  'wear.company.label': '{visible}. Let somebody join you in the mirror',
  'wear.company.part': 'Only me',
  'wear.company.part.label':
    '{visible}. {others, plural, one {One person is} other {# people are}} with you in the mirror. Follow only me again',

  'join.title': 'Join in the mirror',
  'join.lead':
    'The mirror sees a second face and follows it only once that person has said yes, here, themselves.',
  'join.consent':
    'Until you touch “{join}” it follows the first of you alone. By touching it you agree to this.',
  'join.yes': 'I join',
  'join.no': 'Not now',

  'mirror.starting': 'The mirror is opening.',
  'mirror.searching': 'Stand in front of the mirror, and it will find you.',
  'mirror.lost': 'Step back in front of the mirror when you like. Your piece is waiting.',
  'mirror.declined': 'You are looking without a camera.',
  'mirror.camera-missing':
    'The mirror has no camera today. See the piece worn here, or ask to try it by hand.',
  'mirror.camera-denied':
    'The camera is closed on this mirror. See the piece worn here, or ask to try it by hand.',
  'mirror.camera-unplugged': 'The camera has gone to sleep. See the piece worn here while we look into it.',
  'mirror.camera-busy': 'The camera is in use elsewhere. See the piece worn here, or try again in a moment.',
  'mirror.model-missing': 'Trying on in the mirror is not ready here yet. See the piece worn meanwhile.',
  'mirror.model-corrupt': 'Trying on in the mirror is not ready here yet. See the piece worn meanwhile.',
  'mirror.tracker-failed': 'The mirror needs a moment. See the piece worn meanwhile.',
  'mirror.retry': 'Try the mirror again',
  'stage.unavailable': 'The piece cannot be shown here just now. An advisor will gladly bring it to you.',
  'stage.piece-failed': 'This piece is not ready to be shown. An advisor will gladly bring it to you.',

  'stock.here-many': 'In this boutique · {count}',
  'stock.one-left': 'One left in this boutique',
  'stock.held': 'Held for you until {time}',
  'stock.held.last': 'One left, held for you until {time}',
  'stock.nearby': 'At {places}, not here today',
  'stock.reserved.nearby': 'The one here is promised. Also at {places}',
  'stock.none': 'Not in our boutiques today. An advisor can have it made or sent',
  'stock.reserved': 'The one here is promised. An advisor knows what is possible',
  'stock.unknown': 'Ask an advisor whether it is here',
  'stock.as-of': '{sentence}, as of {time}',
  'stock.stale': 'As of {time}, being checked',
  'stock.stale.sentence': '{sentence}. {stale}',

  'closer.story': 'The piece',
  'closer.materials': 'Materials',
  'closer.care': 'Care',
  'closer.size': 'Size',
  'closer.size.eyewear':
    'Lens {lens} mm, bridge {bridge} mm, temple {temple} mm. {width} mm across the front.',
  'closer.price': 'Price',
  'closer.turn': '{piece}. Turn it with a finger.',

  'measures.title': 'Your measures',
  'measures.pupillary-distance-far': 'Between the pupils',
  'measures.pupillary-distance-near': 'Between the pupils, reading',
  'measures.face-width': 'Width of the face',
  'measures.ring-circumference': 'Ring, inside round',
  'measures.value': '{value} ± {plusMinus} mm',
  'measures.source.iris': 'Estimated in this mirror from the size of your irises.',
  'measures.source.face': 'Estimated in this mirror from the size of your face.',
  'measures.source.assumed': 'Estimated in this mirror.',
  'measures.alone': 'It alone knows them, and forgets them when you leave.',
  'measures.with': 'It alone knows them, until you hand one to {name}.',
  'measures.give': 'Hand over',
  'measures.give.label': 'Hand over: {measure}, to {name}',
  'measures.given': 'Handed over',
  'measures.given.label': 'Handed over: {measure}, to {name}',

  'call.button': 'Call an advisor',
  'call.opening': 'Calling',
  'call.opening.words': 'A word with the boutique.',
  'call.offering': 'An advisor has been called',
  'call.offering.words':
    'When they are with you, they hold their tablet to this mark, or you read them the code.',
  'call.code': 'Code',
  'call.code.spoken': 'Code: {letters}',
  'call.qr': 'Mark for the advisor’s tablet',
  'call.renewed': 'A new code comes at {time}',
  'call.offline': 'The boutique cannot be reached from here',
  'call.offline.words':
    'The mirror has lost its line and tries again by itself. Any advisor in the room will help you at once: wave, or ask at the desk.',
  'call.refused': 'The call did not go through',
  'call.refused.words': 'Nothing of your visit was told. Call once more, or ask any advisor in the room.',
  'call.again': 'Call again',
  'call.claimed': '{name} is with you',
  'call.match': 'Do both screens show {digits}?',
  'call.match.words':
    'If they do, {name} will see what you wore and what you kept here. Nothing else, and nothing before you say yes.',
  'call.yes': 'Yes, both show {digits}',
  'call.no': 'Not the same',
  'call.confirming': 'One moment',
  'call.declined': 'Nothing was told to anyone',
  'call.declined.words': 'The numbers differed, so we kept your visit here. Call again when you like.',

  'together.banner': 'With {name}',
  'together.words': 'The mirror follows {name}’s tablet.',
  'together.joined': '{name} is now with you.',
  'together.hold': '{piece}, {variant}: held for you until {time}',
  'together.hold.left': '{left} left',

  'farewell.title': 'Until soon',
  'farewell.kept.with': '{count, plural, one {This stays with {name}} other {These stay with {name}}}',
  'farewell.kept.alone': '{count, plural, one {You kept this} other {You kept these}}',
  'farewell.kept.alone.words':
    'Nobody knows of it. It goes with everything else, unless you call an advisor now.',
  'farewell.none': 'You kept nothing, so nothing is kept.',
  'farewell.wipe.words': 'All else of your visit is erased from this mirror.',
  'farewell.erase': 'Erase now',
  'farewell.back': 'Go back',
  'wiping.title': 'Erased',
  'wiping.words': 'Nothing of you remains in this mirror.',

  'idle.title': 'Still here?',
  'idle.words':
    '{seconds, plural, one {In # second the mirror forgets this visit.} other {In # seconds the mirror forgets this visit.}}',
  'idle.yes': 'I am here',
  'idle.more': 'Give me more time',

  'dock.label': 'Where to go',
  'dock.back': 'Back',
  'dock.finish': 'Finish',

  'line.offline': 'The line to the boutique is being restored.',

  'enrol.title': 'A new mirror',
  'enrol.words':
    'Enter the one-time code that the server printed for the kiosk of {maison}. It works once, on this device only.',
  'enrol.code': 'Enrolment code',
  'enrol.send': 'Enrol this mirror',
  'enrol.busy': 'Enrolling',
  'enrol.error.code-unknown': 'This code is not known. Compare it letter by letter.',
  'enrol.error.code-expired': 'This code has expired. Ask the server for a new one.',
  'enrol.error.code-used': 'This code was used before. Ask the server for a new one.',
  'enrol.error.code-locked': 'Too many tries. Ask the server for a new code.',
  'enrol.error.offline': 'The server cannot be reached. Check the line and try again.',
  'enrol.error.other': 'That did not work. Ask the server for a new code.',
  'enrol.revoked': 'This mirror was taken out of service. Enrol it again to go on.',
  'enrol.version':
    'This mirror and its server differ in version. Reload the mirror once the server is up to date.',

  'fault.title': 'The mirror rests',
  'fault.words': 'It will be back shortly. Any advisor in the room will help you meanwhile.',
  'fault.again': 'Wake it again',
} as const;

export type MessageId = keyof typeof en;
