/** What the tablet says while an advisor chooses a PIN, in English. */
export const pinEn = {
  'pin.have-code': 'I have a start code',
  'pin.have-pin': 'I have a PIN',
  'pin.welcome': 'Welcome, {name}',
  'pin.step.code': 'Your start code',
  'pin.step.code.help': 'The eight digits that you were given. They work once.',
  'pin.step.old': 'Your PIN until now',
  'pin.step.pin': 'Choose your PIN',
  'pin.step.pin.help':
    'Four to eight digits, and only yours: no 1234, no year, nothing that others would try.',
  'pin.step.again': 'The same PIN once more',
  'pin.step.again.help': 'So that you know it next time.',
  'pin.next': 'Next',
  'pin.keep': 'Keep it',
  'pin.fault.easy': 'Others would try that one. Choose another.',
  'pin.fault.differs': 'That was not the same. Choose your PIN again.',
  'pin.title': 'Your PIN',
  'pin.words': 'Nobody else knows it. Change it whenever somebody may have seen it.',
  'pin.change': 'Change PIN',
  'pin.cancel': 'Leave it as it is',
  'pin.changed': 'Your PIN is changed. Other tablets that the old one opened are signed out.',

  'start.why.pin-wrong':
    '{tries, plural, =0 {Not your start code. Try once more.} one {Not your start code. One try left.} other {Not your start code. # tries left.}}',
  'start.why.code-expired': 'This start code has run out. Ask for another.',
  'start.why.rate-limited': 'Too many tries on this tablet. Wait a moment, then begin again.',
  'start.why.unreachable': 'The boutique did not answer. Nothing was kept. Begin again with the start code.',
  'start.why.other': 'That did not work. Begin again, or ask for another start code.',
  'change-pin.why.pin-wrong':
    '{tries, plural, =0 {Not your PIN. Try once more.} one {Not your PIN until now. One try left.} other {Not your PIN until now. # tries left.}}',
  'change-pin.why.rate-limited': 'Too many tries on this tablet. Wait a moment, then begin again.',
  'change-pin.why.unreachable':
    'The boutique did not answer. Your PIN may be the old one still: try it first.',
  'change-pin.why.unauthenticated': 'Your sign-in has ended. Sign out, sign in, and begin again.',
  'change-pin.why.other': 'That did not work. Your PIN is as it was.',
} as const;
