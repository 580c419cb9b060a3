import type { ReactNode } from 'react';
import { ToggleButton } from 'react-aria-components/ToggleButton';
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup';
import { Locale } from '../../protocol/ids.ts';
import { useLocale, useSay, useSend } from '../app/kiosk-context.tsx';
import { speakerOf } from '../language/words.ts';

/** The languages, each in its own name. */
export function LanguageChoice(): ReactNode {
  const say = useSay();
  const send = useSend();
  const locale = useLocale();
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
      {Locale.options.map((option) => (
        <ToggleButton key={option} id={option} className="quiet language" lang={option}>
          {speakerOf(option)('language.name')}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
