/** What stands in a log where something was that must not be read there. */
export const censored = '[secret]';

function names(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/));
}

/** Names whose values never reach a log, wherever they stand; compared without case, `-` and `_`. */
const secretNames = names(
  `authorization proxyauthorization cookie setcookie xvitrinesignature token accesstoken apikey key secret secrets
  password passphrase pin pinhash signature nonce publickey privatekey enrolmentcode digits hash databaseurl`,
);

/** What is known of a client, by the names that the house's systems and ours give it. */
const clientNames = names(
  `client clientid clientname customer customerid card loyaltycard reference firstname lastname fullname email phone
  address birthday note notes summary measure consent consents`,
);

/** What came over the wire is never logged as a whole: a `code` in it is a secret, one on a fault (EADDRINUSE) is not. */
const wireNames = names('code body payload auth headers envelope command answer query cursor');

/** Deeper than any object that we log. */
const deepest = 6;

/** Secrets by their look, in whatever text they were copied into: a message, a fault of a library, an address. */
const shapes: readonly (readonly [RegExp, string])[] = [
  // A JSON web token.
  [/\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g, censored],
  [/\b(bearer|basic)\s+[\w.~+/=-]{6,}/gi, `$1 ${censored}`],
  // The password, or the user alone, of an address.
  [/\b([a-z][a-z\d+.-]*:\/\/)[^\s/@"\\]+@/gi, `$1${censored}@`],
  // What follows an address's question mark or number sign. A sentence's question mark has a space or its end after it.
  [/((?:https?:\/)?\/[\w./~%:@-]*)[?#][^\s"\\)]+/g, `$1?${censored}`],
  [
    /\b(password|passwd|pin|secret|token|api[-_]?key|code)(["\\]*\s*[=:]\s*["\\]*)[^\s"\\,;&})]+/gi,
    `$1$2${censored}`,
  ],
  // Our own secrets and one-time secrets: 24 random bytes and more. Ids have 16, and stay readable.
  [/(?<![\w/-])(?=[\w-]*\d)(?=[\w-]*[A-Z])(?=[\w-]*[a-z])[\w-]{31,}(?![\w-])/g, censored],
  // An enrolment code: sixteen letters of the alphabet that people type.
  [/(?<![\w-])(?=[A-Z]*\d)[0-9A-HJKMNP-TV-Z]{16}(?![\w-])/g, censored],
];

function nameOf(key: string): string {
  return key.toLowerCase().replaceAll(/[-_]/g, '');
}

/** Takes secrets out of a text by their look. */
export function redactText(text: string): string {
  return shapes.reduce((safe, [shape, instead]) => safe.replaceAll(shape, instead), text);
}

/** A copy of what is to be logged, without the values that have a secret's or a client's name at any depth. */
export function redactFields(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key,
      wireNames.has(nameOf(key)) ? censored : redactValue(key, value, 1),
    ]),
  );
}

function redactValue(key: string, value: unknown, depth: number): unknown {
  const name = nameOf(key);
  if (secretNames.has(name) || clientNames.has(name)) return censored;
  if (typeof value === 'string') return redactText(value);
  if (value instanceof Error) return faultForLog(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= deepest) return '[deep]';
  if (Array.isArray(value)) return value.map((one) => redactValue('', one, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([inner, one]) => [inner, redactValue(inner, one, depth + 1)]),
  );
}

/** A fault as a log tells it: what it is, where, and why. Other properties of a library's fault may hold a row or a request. */
interface LoggedFault {
  readonly type: string;
  readonly code?: string;
  readonly message: string;
  readonly stack?: string;
  readonly cause?: LoggedFault;
}

/** A fault for the log, with its causes. */
function faultForLog(fault: unknown, depth = 1): LoggedFault {
  if (!(fault instanceof Error)) return { type: typeof fault, message: '(not an error)' };
  const code = 'code' in fault && typeof fault.code === 'string' ? fault.code : undefined;
  return {
    type: fault.name,
    ...(code !== undefined && { code }),
    message: redactText(fault.message),
    ...(fault.stack !== undefined && { stack: redactText(fault.stack) }),
    ...(fault.cause !== undefined && depth < deepest && { cause: faultForLog(fault.cause, depth + 1) }),
  };
}

/** An address as a log may tell it: its path, without what follows the question mark. */
export function pathOf(url: string): string {
  return url.split(/[?#]/, 1)[0] ?? '';
}
