/** The parts of a worker's global scope through which a library could reach the network. */
export interface NetworkScope {
  fetch: typeof fetch;
  readonly location: { readonly href: string };
  XMLHttpRequest?: unknown;
  WebSocket?: unknown;
  EventSource?: unknown;
  WebTransport?: unknown;
  readonly navigator?: { sendBeacon?: unknown };
}

/** Holds a scope's network shut but for what it was told to let through. */
export interface NetworkGuard {
  /** From now on lets GET requests through to addresses below these; replaces what was allowed before. */
  allow(baseUrls: readonly string[]): void;
  /** How many requests were refused. */
  readonly refused: number;
}

/** Refused requests fail as an unreachable host does, so that a library behaves as it does offline. */
function refusal(target: string): TypeError {
  return new TypeError(`Refused by the network guard: ${target}`);
}

function isBelow(url: URL, base: URL): boolean {
  const folder = base.pathname.endsWith('/') ? base.pathname : `${base.pathname}/`;
  return url.origin === base.origin && (url.pathname === base.pathname || url.pathname.startsWith(folder));
}

/**
 * Shuts the network of a worker before a library that reports home is loaded: `fetch` passes only GET requests below the
 * allowed addresses, every other way out (XMLHttpRequest, sendBeacon, WebSocket, EventSource, WebTransport) is taken away.
 * The second lock, a Content-Security-Policy on the worker's script, is the server's.
 */
export function installNetworkGuard(scope: NetworkScope): NetworkGuard {
  const passOn = scope.fetch.bind(scope);
  let allowed: readonly URL[] = [];
  let refused = 0;

  const guardedFetch: typeof fetch = (input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    const method = (init?.method ?? (input instanceof Request ? input.method : 'GET')).toUpperCase();
    let url: URL;
    try {
      url = new URL(address, scope.location.href);
    } catch {
      refused += 1;
      return Promise.reject(refusal(address));
    }
    const isAllowed = allowed.some((base) => isBelow(url, base));
    if (method !== 'GET' || !isAllowed) {
      refused += 1;
      return Promise.reject(refusal(url.href));
    }
    return passOn(input, init);
  };
  scope.fetch = guardedFetch;

  for (const name of ['XMLHttpRequest', 'WebSocket', 'EventSource', 'WebTransport'] as const) {
    if (!(name in scope)) continue;
    Object.defineProperty(scope, name, {
      configurable: true,
      value: function Refused() {
        refused += 1;
        throw refusal(name);
      },
    });
  }
  if (scope.navigator !== undefined && 'sendBeacon' in scope.navigator) {
    Object.defineProperty(scope.navigator, 'sendBeacon', {
      configurable: true,
      value: () => {
        refused += 1;
        return false;
      },
    });
  }

  return {
    allow: (baseUrls) => {
      allowed = baseUrls.map((base) => new URL(base, scope.location.href));
    },
    get refused() {
      return refused;
    },
  };
}
