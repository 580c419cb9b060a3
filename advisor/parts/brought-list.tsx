import { readWishList } from '../../protocol/wish-list.ts';
import { useTablet } from '../app/tablet.ts';
import { ScanCode } from './scan-code.tsx';

/** What the client chose at home: read off their phone, it is on the mirror and among what they keep. */
export function BroughtList() {
  const { desk, known, live, rehearses, voice } = useTablet();
  const { say } = voice;
  // A simulated client has no phone.
  if (rehearses) return null;
  return (
    <section className="list brought" aria-labelledby="brought-title">
      <h2 id="brought-title" className="label">
        {say('list.title')}
      </h2>
      <p role="status">{known.list ? say('list.came', known.list) : ''}</p>
      <ScanCode
        kind="list"
        isDisabled={!live || known.action.busy}
        onText={(text) => {
          const secret = readWishList(text);
          if (secret) void desk.openList(secret);
          return secret !== null;
        }}
      />
    </section>
  );
}
