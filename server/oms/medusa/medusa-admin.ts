import * as z from 'zod/mini';
import { OmsFault } from '../../../protocol/connector/index.ts';
import { callHouse, type CallerDeps } from '../http-caller.ts';

/** How Medusa's admin API is reached. */
export interface MedusaAdminConfig {
  readonly baseUrl: string;
  readonly apiKey: string;
}

/** Rows asked for at once. */
const pageSize = 200;

/** An answer that is neither a value nor a fault. */
export type AdminRefusal = 'not-found' | 'not-allowed';

/** Medusa's admin API: a secret key, JSON both ways, its refusals told from its faults. */
export class MedusaAdmin {
  readonly #config: MedusaAdminConfig;
  readonly #deps: CallerDeps;

  constructor(config: MedusaAdminConfig, deps: CallerDeps) {
    this.#config = config;
    this.#deps = deps;
  }

  async get<Schema extends z.core.$ZodType>(
    path: string,
    schema: Schema,
  ): Promise<z.output<Schema> | AdminRefusal> {
    return this.#read(path, schema, await this.#call('GET', path, null));
  }

  async post<Schema extends z.core.$ZodType>(
    path: string,
    body: object,
    schema: Schema,
  ): Promise<z.output<Schema> | AdminRefusal> {
    return this.#read(path, schema, await this.#call('POST', path, body));
  }

  async delete(path: string): Promise<void> {
    await this.#call('DELETE', path, null);
  }

  /** Every row of a listing, page by page, in the order of their ids. */
  async all<Row, Page extends { readonly count: number }>(
    path: string,
    schema: z.ZodMiniType<Page>,
    rowsOf: (page: Page) => readonly Row[],
  ): Promise<Row[]> {
    const rows: Row[] = [];
    for (;;) {
      const joint = path.includes('?') ? '&' : '?';
      const page = await this.get(`${path}${joint}limit=${pageSize}&offset=${rows.length}&order=id`, schema);
      if (page === 'not-found' || page === 'not-allowed') throw refused(path);
      const more = rowsOf(page);
      rows.push(...more);
      if (more.length === 0 || rows.length >= page.count) return rows;
    }
  }

  async #call(method: 'GET' | 'POST' | 'DELETE', path: string, body: object | null) {
    const { baseUrl, apiKey } = this.#config;
    const authorization = `Basic ${Buffer.from(`${apiKey}:`).toString('base64')}`;
    const call = {
      method,
      url: `${baseUrl}${path}`,
      headers: () => ({ authorization, accept: 'application/json', 'content-type': 'application/json' }),
      body: body === null ? null : JSON.stringify(body),
      // Medusa takes no idempotency key: a write that may have arrived is not sent again by itself.
      repeatable: method === 'GET' || method === 'DELETE',
      answers: [400, 404],
    };
    return await callHouse(call, this.#deps);
  }

  #read<Schema extends z.core.$ZodType>(
    path: string,
    schema: Schema,
    { status, json }: { readonly status: number; readonly json: unknown },
  ): z.output<Schema> | AdminRefusal {
    if (status === 404) return 'not-found';
    if (status === 400) {
      const said = z.safeParse(z.object({ type: z.string() }), json);
      if (said.success && said.data.type === 'not_allowed') return 'not-allowed';
      throw refused(path);
    }
    const parsed = z.safeParse(schema, json);
    if (!parsed.success) {
      throw new OmsFault('misspoke', `Medusa’s answer to ${withoutQuery(path)} has another form.`);
    }
    return parsed.data;
  }
}

function refused(path: string): OmsFault {
  return new OmsFault('refused', `Medusa does not take ${withoutQuery(path)} as it was asked.`);
}

function withoutQuery(path: string): string {
  return path.replace(/\?.*/, '');
}
