import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { useKiosk, useSay, useSend, useVisit } from '../app/kiosk-context.tsx';
import { usePointed } from '../app/use-pointed.ts';
import { findWorn } from '../../protocol/product.ts';
import type { ProposedLook } from '../../protocol/together.ts';

/** With whom the client is, who leads, and by what touch the client leads again. */
export function TogetherBanner(): ReactNode {
  const { session } = useVisit();
  const point = usePointed();
  const say = useSay();
  const send = useSend();
  if (!session || session.closed) return null;
  const { name } = session.advisor;
  const advisorLeads = session.lead.by === 'advisor';
  return (
    <div className="together-banner" data-leads={session.lead.by}>
      <p className="together-name" role="status">
        <span className="together-mark" aria-hidden="true" />
        {say('together.banner', { name })}
      </p>
      <div className="together-lead">
        <p className="together-words" role="status">
          {point
            ? say('together.point', { name })
            : say(advisorLeads ? 'together.leads.advisor' : 'together.leads.client', { name })}
        </p>
        {advisorLeads && (
          <Button className="secondary over-mirror" onPress={() => send({ type: 'take-lead' })}>
            {say('together.take-lead')}
          </Button>
        )}
      </div>
    </div>
  );
}

/** The look that waits for the client's answer, and who proposes it. */
function useProposal(): { readonly look: ProposedLook; readonly advisor: string } | null {
  const { session } = useVisit();
  if (session?.closed !== null || !session.proposal) return null;
  return { look: session.proposal.look, advisor: session.advisor.name };
}

/** On a page over the mirror: what is proposed is seen there too, and nothing else of the visit. */
export function ProposalOver(): ReactNode {
  if (!useProposal()) return null;
  return (
    <aside className="together together-told">
      <ProposedLookCard />
    </aside>
  );
}

/** The look that the advisor proposes: nothing of it is on the client before they touch. */
export function ProposedLookCard(): ReactNode {
  const { catalogue } = useKiosk().collection;
  const say = useSay();
  const send = useSend();
  const proposed = useProposal();
  if (!proposed) return null;
  const names = proposed.look.flatMap((worn) => findWorn(catalogue, worn)?.piece.name ?? []);
  return (
    <section className="proposal" aria-labelledby="proposal-title">
      <div role="status">
        <h2 id="proposal-title">{say('together.proposal', { name: proposed.advisor })}</h2>
        <p className="proposal-pieces">{names.join(' · ')}</p>
      </div>
      <div className="proposal-answers">
        <Button className="primary" onPress={() => send({ type: 'answer-look', answer: 'accepted' })}>
          {say('together.proposal.yes')}
        </Button>
        <Button className="secondary" onPress={() => send({ type: 'answer-look', answer: 'declined' })}>
          {say('together.proposal.no')}
        </Button>
      </div>
    </section>
  );
}
