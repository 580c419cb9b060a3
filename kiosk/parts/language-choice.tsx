import type { ReactNode } from 'react';
import { ToggleButton } from 'react-aria-components/ToggleButton';
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup';
import { Locale } from '../../protocol/ids.ts';
import { useLink, useLocale, useSay, useSend } from '../app/kiosk-context.tsx';
import { speakerOf } from '../language/words.ts';

/** The languages that the house offers, each in its own name; nothing where there is no choice. */
export function LanguageChoice(): ReactNode {
  const say = useSay();
  const send = useSend();
  const locale = useLocale();
  const { identity } = useLink();
  const offered = identity?.boutique?.locales ?? Locale.options;
  if (offered.length < 2) return null;
  return (
    <ToggleButtonGroup
      className="languages"
      aria-label={say('language.choose')}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[locale]}
      onSelectionChange={(keys) => {
        const chosen = Locale.safeParse([...keys][0]);
        if (chosen.success) send({ type: 'speak', locale: chosen.data });
      }}
    >
      {offered.map((option) => (
        <ToggleButton key={option} id={option} className="quiet language" lang={option}>
          {speakerOf(option)('language.name')}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
