import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { useSay, useSend } from '../app/kiosk-context.tsx';
import { Icon } from './icon.tsx';

/** For who made a list online or on their phone. */
export function BringListButton(): ReactNode {
  const say = useSay();
  const send = useSend();
  return (
    <Button className="quiet" onPress={() => send({ type: 'bring-list' })}>
      <Icon name="phone" />
      {say('list.open')}
    </Button>
  );
}
