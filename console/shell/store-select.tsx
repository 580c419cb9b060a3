import { useId, type ReactNode } from 'react';
import type { ConsoleSession } from '../../protocol/console.ts';

/** A choice among the boutiques that may be seen. */
export function StoreSelect({
  label,
  session,
  value,
  onChange,
  children,
}: {
  readonly label: string;
  readonly session: ConsoleSession;
  readonly value: string;
  readonly onChange: (storeId: string) => void;
  readonly children?: ReactNode;
}): ReactNode {
  const id = useId();
  return (
    <div className="choice">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.target.value)}>
        {children}
        {session.maisons.map((maison) => (
          <optgroup key={maison.id} label={maison.name}>
            {maison.stores.map((store) => (
              <option key={store.id} value={store.id}>
                {store.name}, {store.city}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </div>
  );
}

/** A boutique's name; its id where it is not known. */
export function storeName({ maisons }: ConsoleSession, storeId: string): string {
  const stores = maisons.flatMap(({ stores }) => stores);
  return stores.find(({ id }) => id === storeId)?.name ?? storeId;
}
