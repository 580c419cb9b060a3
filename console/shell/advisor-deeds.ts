import type {
  AddAdvisorRequest,
  AdvisorReply,
  BoardAdvisor,
  ChangeAdvisorRequest,
} from '../../protocol/advisor.ts';
import type { Answer } from '../../protocol/errors.ts';
import type { StartCodeReply } from '../../protocol/pin.ts';
import type { ConsoleClient } from './console-client.ts';

/** Does something, tells of it, and reads the advisors anew. */
type Deed = <Value>(work: () => Promise<Answer<Value>>) => Promise<Answer<Value>>;

/** What is done about advisors. */
export class AdvisorDeeds {
  readonly #client: ConsoleClient;
  readonly #deed: Deed;

  constructor(client: ConsoleClient, deed: Deed) {
    this.#client = client;
    this.#deed = deed;
  }

  /** The newcomer; null where it was refused. */
  async add(request: AddAdvisorRequest): Promise<BoardAdvisor | null> {
    return advisorOf(await this.#deed(() => this.#client.addAdvisor(request)));
  }

  /** The advisor as they are now; null where it was refused. */
  async change(advisor: BoardAdvisor, change: ChangeAdvisorRequest): Promise<BoardAdvisor | null> {
    return advisorOf(await this.#deed(() => this.#client.changeAdvisor(advisor, change)));
  }

  /** Told this once: it is kept nowhere but where it is shown. */
  async makeCode(advisor: BoardAdvisor): Promise<StartCodeReply | null> {
    const answer = await this.#deed(() => this.#client.makeStartCode(advisor));
    return answer.ok ? answer.value : null;
  }

  /** True when it is done. */
  async lockOut(advisor: BoardAdvisor): Promise<boolean> {
    return (await this.#deed(() => this.#client.lockAdvisorOut(advisor))).ok;
  }

  /** True when it is done. */
  async remove(advisor: BoardAdvisor): Promise<boolean> {
    return (await this.#deed(() => this.#client.removeAdvisor(advisor))).ok;
  }

  /** True when it is done. */
  async erase(advisor: BoardAdvisor): Promise<boolean> {
    return (await this.#deed(() => this.#client.eraseAdvisor(advisor))).ok;
  }
}

function advisorOf(answer: Answer<AdvisorReply>): BoardAdvisor | null {
  return answer.ok ? answer.value.advisor : null;
}
