import { useState, type ReactNode } from 'react';
import type { BoardAdvisor } from '../../protocol/advisor.ts';
import { Locale } from '../../protocol/ids.ts';
import { Dialog } from './dialog.tsx';
import type { SectionProps } from './section-props.ts';
import { StoreSelect } from './store-select.tsx';
import { useStore } from './use-store.ts';
import { whyWords } from './words.ts';

/** Adds somebody new to a boutique, or changes what is said of an advisor and where they work. */
export function AdvisorDialog({
  desk,
  session,
  voice,
  advisor,
  firstStoreId,
  onClose,
}: SectionProps & {
  /** Null: somebody new. */
  readonly advisor: BoardAdvisor | null;
  readonly firstStoreId: string;
  /** With the advisor as they are now; null where nothing was done. */
  readonly onClose: (done: BoardAdvisor | null) => void;
}): ReactNode {
  const { say } = voice;
  const { busy, refusal } = useStore(desk.state);
  const [storeId, setStoreId] = useState(advisor?.storeId ?? firstStoreId);
  const [name, setName] = useState(advisor?.name ?? '');
  const [title, setTitle] = useState(
    advisor?.title ?? { en: say('advisors.title.usual.en'), fr: say('advisors.title.usual.fr') },
  );
  const [languages, setLanguages] = useState<readonly Locale[]>(advisor?.languages ?? Locale.options);
  // An advisor stays in their house.
  const maisons = session.maisons.filter(({ id }) => advisor === null || id === advisor.maisonId);
  const maison = maisons.find(({ stores }) => stores.some(({ id }) => id === storeId));
  const isWhole = [name, title.en, title.fr].every((words) => words.trim() !== '') && languages.length > 0;
  const leave = () => {
    desk.forgetRefusal();
    onClose(null);
  };
  const save = async () => {
    if (!maison) return;
    const words = { name: name.trim(), title: { en: title.en.trim(), fr: title.fr.trim() } };
    const said = { ...words, languages: [...languages] };
    const done = advisor
      ? await desk.advisorDeeds.change(advisor, changed(advisor, { ...said, storeId }))
      : await desk.advisorDeeds.add({ ...said, storeId, maisonId: maison.id });
    if (done) onClose(done);
  };
  return (
    <Dialog
      title={advisor ? say('advisors.change.title', { name: advisor.name }) : say('advisors.new')}
      onClose={leave}
    >
      <form
        className="fields"
        onSubmit={(event) => {
          event.preventDefault();
          if (isWhole && !busy) void save();
        }}
      >
        <label htmlFor="advisor-name">{say('enrol.name')}</label>
        <input
          id="advisor-name"
          autoComplete="off"
          maxLength={60}
          required
          value={name}
          aria-describedby="advisor-name-help"
          onChange={(event) => setName(event.target.value)}
        />
        <p className="help" id="advisor-name-help">
          {say('advisors.name.help')}
        </p>
        <StoreSelect
          label={say('devices.store')}
          session={{ ...session, maisons }}
          value={storeId}
          onChange={setStoreId}
        />
        <div role="status">
          {advisor && storeId !== advisor.storeId && <p className="help">{say('advisors.change.moves')}</p>}
        </div>
        {Locale.options.map((locale) => (
          <div key={locale} className="fields">
            <label htmlFor={`advisor-title-${locale}`}>{say(`advisors.title.${locale}`)}</label>
            <input
              id={`advisor-title-${locale}`}
              lang={locale}
              autoComplete="off"
              maxLength={60}
              required
              value={title[locale]}
              onChange={(event) => setTitle({ ...title, [locale]: event.target.value })}
            />
          </div>
        ))}
        <fieldset className="radios">
          <legend>{say('advisors.languages')}</legend>
          {Locale.options.map((locale) => (
            <label key={locale} className="check">
              <input
                type="checkbox"
                checked={languages.includes(locale)}
                onChange={(event) =>
                  setLanguages(
                    Locale.options.filter((one) =>
                      one === locale ? event.target.checked : languages.includes(one),
                    ),
                  )
                }
              />
              {say(`language.${locale}`)}
            </label>
          ))}
        </fieldset>
        <div role="alert">{refusal && <p className="note bad">{whyWords(say, refusal.code)}</p>}</div>
        <div className="choices">
          <button className="plain" type="button" onClick={leave}>
            {say('cancel')}
          </button>
          <button className="deed" type="submit" disabled={busy || !isWhole}>
            {say(advisor ? 'advisors.change.do' : 'advisors.add')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

type Said = Pick<BoardAdvisor, 'name' | 'title' | 'languages' | 'storeId'>;

/** Only what is another than before: a colleague at another console may be changing the rest. */
function changed(before: Said, now: Said): Partial<Said> {
  return {
    ...(now.name !== before.name && { name: now.name }),
    ...((now.title.en !== before.title.en || now.title.fr !== before.title.fr) && { title: now.title }),
    ...(now.languages.join() !== before.languages.join() && { languages: now.languages }),
    ...(now.storeId !== before.storeId && { storeId: now.storeId }),
  };
}
