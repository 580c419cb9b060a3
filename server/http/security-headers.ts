import { createHash } from 'node:crypto';

/**
 * The style sheets that React Aria writes into the page by itself. They are the only inline styles allowed, each by its
 * hash; a test compares the texts with the installed library.
 */
export const reactAriaStyles = [
  '@layer {\n  [data-react-aria-pressable] {\n    touch-action: pan-x pan-y pinch-zoom;\n  }\n}',
  '@layer {\n  * {\n    overscroll-behavior: contain;\n  }\n}',
] as const;

const styleHashes = reactAriaStyles
  .map((style) => `'sha256-${createHash('sha256').update(style).digest('base64')}'`)
  .join(' ');

/**
 * What a page of ours may do. `connect-src` also rides on the responses of worker scripts, which is what keeps a library
 * in a worker from reaching any foreign host; `blob:` lets a loader read the textures of a model it has in memory.
 */
export const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  `style-src 'self' ${styleHashes}`,
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self' blob:",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'self'",
].join('; ');

/** Headers of every response, whatever it is. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'permissions-policy': 'camera=(self), microphone=(), geolocation=(), browsing-topics=()',
  'cross-origin-opener-policy': 'same-origin',
};

/** Folders of public files that an embedding page on another origin loads. Nothing else may be read across origins. */
const sharedFolders = ['/sdk/', '/mediapipe/', '/models/', '/collections/', '/assets/'];

/** What the embed must know before it starts; it holds nothing secret. */
const sharedConfig = '/api/config';

/** Whether any origin may read this address. */
export function isShared(path: string): boolean {
  return path === sharedConfig || sharedFolders.some((folder) => path.startsWith(folder));
}
