import { useState, type ReactNode } from 'react';
import type { BoardAdvisor } from '../../protocol/advisor.ts';
import { Locale } from '../../protocol/ids.ts';
import { SomeOf } from './check-fields.tsx';
import { FormDialog } from './deed-dialog.tsx';
import type { SectionProps } from './section-props.ts';
import { StoreSelect } from './store-select.tsx';
import { TextField } from './text-field.tsx';

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
  const [storeId, setStoreId] = useState(advisor?.storeId ?? firstStoreId);
  const [name, setName] = useState(advisor?.name ?? '');
  const [title, setTitle] = useState(
    advisor?.title ?? { en: say('advisors.title.usual.en'), fr: say('advisors.title.usual.fr') },
  );
  const [spoken, setSpoken] = useState<ReadonlySet<Locale>>(new Set(advisor?.languages ?? Locale.options));
  // An advisor stays in their house.
  const maisons = session.maisons.filter(({ id }) => advisor === null || id === advisor.maisonId);
  const maison = maisons.find(({ stores }) => stores.some(({ id }) => id === storeId));
  // Their tablet speaks the first: as it is, or as their boutique does.
  const own = advisor?.languages ?? [maison?.stores.find(({ id }) => id === storeId)?.locale ?? 'en'];
  const inOrder = [...new Set([...own, ...Locale.options])];
  const languages = inOrder.filter((locale) => spoken.has(locale));
  const isWhole = [name, title.en, title.fr].every((words) => words.trim() !== '') && languages.length > 0;
  const save = async () => {
    if (!maison) return;
    const words = { name: name.trim(), title: { en: title.en.trim(), fr: title.fr.trim() } };
    const said = { ...words, languages };
    const done = advisor
      ? await desk.advisorDeeds.change(advisor, changed(advisor, { ...said, storeId }))
      : await desk.advisorDeeds.add({ ...said, storeId, maisonId: maison.id });
    if (done) onClose(done);
  };
  return (
    <FormDialog
      desk={desk}
      voice={voice}
      title={advisor ? say('advisors.change.title', { name: advisor.name }) : say('advisors.new')}
      deed={say(advisor ? 'advisors.change.do' : 'advisors.add')}
      isWhole={isWhole}
      work={save}
      onLeave={() => onClose(null)}
    >
      <TextField
        id="advisor-name"
        label={say('enrol.name')}
        help={say('advisors.name.help')}
        value={name}
        onChange={setName}
      />
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
          <TextField
            id={`advisor-title-${locale}`}
            lang={locale}
            label={say(`advisors.title.${locale}`)}
            value={title[locale]}
            onChange={(words) => setTitle({ ...title, [locale]: words })}
          />
        </div>
      ))}
      <SomeOf
        legend={say('advisors.languages')}
        all={inOrder}
        labelOf={(locale) => say(`language.${locale}`)}
        chosen={languages}
        onChange={(chosen) => setSpoken(new Set(chosen))}
      />
    </FormDialog>
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
