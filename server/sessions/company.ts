import type {
  Answer,
  CommandId,
  Pointed,
  ProposalAnswer,
  ProposedLook,
  SessionId,
  StoryPage,
} from '../../protocol/index.ts';
import { done, refuse, type Nothing } from '../core/answers.ts';
import type { Device } from '../devices/device-registry.ts';
import { twiceIn, type Pieces } from '../houses/pieces.ts';
import type { Sessions } from './sessions.ts';

/** What client and advisor do together: who leads, the story that is open, the light where one points, the look that is proposed. */
export class Company {
  readonly #sessions: Sessions;
  readonly #pieces: Pieces;

  constructor(deps: { sessions: Sessions; pieces: Pieces }) {
    this.#sessions = deps.sessions;
    this.#pieces = deps.pieces;
  }

  /** Takes the lead. Whoever leads already, leads on. */
  async lead(device: Device, sessionId: SessionId, leadSeq: number | undefined): Promise<Answer<Nothing>> {
    const by = device.role === 'tablet' ? 'advisor' : 'client';
    return await this.#sessions.append(device, sessionId, {
      readsState: true,
      facts: (state) => done(state?.lead.by === by ? [] : [{ type: 'led' }]),
      leadSeq,
    });
  }

  /** Opens a page of a story on the mirror, or closes the story. */
  async tell(
    device: Device,
    sessionId: SessionId,
    page: StoryPage | null,
    leadSeq: number | undefined,
  ): Promise<Answer<Nothing>> {
    if (page && !this.#pieces.knowsPage(device.maisonId, page)) {
      return refuse('not-found', `${device.maisonId} tells no story ${page.storyId} with this chapter.`);
    }
    return await this.#sessions.append(device, sessionId, {
      readsState: true,
      facts: (state) => {
        const before = state?.story ?? null;
        const same = before?.storyId === page?.storyId && before?.chapter === page?.chapter;
        return done(same ? [] : [{ type: 'story-told', page }]);
      },
      leadSeq,
    });
  }

  /** Lights a spot of a piece that is worn. */
  async point(device: Device, sessionId: SessionId, point: Pointed): Promise<Answer<Nothing>> {
    return await this.#sessions.append(device, sessionId, {
      readsState: true,
      facts: (state) =>
        state?.look.some(({ pieceId }) => pieceId === point.pieceId)
          ? done([{ type: 'pointed', point }])
          : refuse('conflict', 'The client does not wear this piece any more.'),
    });
  }

  /** Proposes a look; the one before that still waits is forgotten. */
  async propose(
    device: Device,
    sessionId: SessionId,
    proposalId: CommandId,
    look: ProposedLook,
  ): Promise<Answer<{ proposalId: CommandId }>> {
    const unknown = await this.#pieces.refusalOf(device.maisonId, look);
    if (unknown) return unknown;
    const twice = twiceIn(look);
    if (twice) return twice;
    const answer = await this.#sessions.append(device, sessionId, {
      facts: () => done([{ type: 'look-proposed', proposalId, look }]),
      reply: { proposalId },
    });
    return answer.ok ? done({ proposalId }) : answer;
  }

  /** The client's answer, by their touch. A yes puts the look on, and the client leads. */
  async answer(
    device: Device,
    sessionId: SessionId,
    proposalId: CommandId,
    answer: ProposalAnswer,
  ): Promise<Answer<Nothing>> {
    return await this.#sessions.append(device, sessionId, {
      readsState: true,
      facts: (state) => {
        const proposal = state?.proposal;
        const [worn] = proposal?.look ?? [];
        if (!proposal || !worn || proposal.proposalId !== proposalId) {
          return refuse('conflict', 'This look is not proposed any more.');
        }
        const answered = { type: 'look-answered', proposalId, answer } as const;
        return done(
          answer === 'declined' ? [answered] : [answered, { type: 'worn', worn, look: proposal.look }],
        );
      },
    });
  }
}
