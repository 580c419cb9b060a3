import { ValueStore } from '../../sdk/core/store.ts';

/** Where the tablet is read: on the floor, in the house's own colours, or in the dark of the back room. */
export type RoomLight = 'floor' | 'back-room';

/** Where the browser remembers what was chosen. */
const key = 'vitrine-tablet-light';

/** The tablet's light: the device's own wish at first, then whatever an advisor chose, also after a reload. */
export class RoomLights {
  readonly state: ValueStore<RoomLight>;
  readonly #storage: Pick<Storage, 'getItem' | 'setItem'>;

  constructor(
    storage: Pick<Storage, 'getItem' | 'setItem'>,
    wish: { readonly isDark: boolean; readonly onChange: (listener: (isDark: boolean) => void) => void },
  ) {
    this.#storage = storage;
    const chosen = storage.getItem(key);
    const isChosen = chosen === 'floor' || chosen === 'back-room';
    this.state = new ValueStore<RoomLight>(isChosen ? chosen : lightOf(wish.isDark));
    wish.onChange((isDark) => {
      if (storage.getItem(key) === null) this.state.set(lightOf(isDark));
    });
  }

  toggle(): void {
    const next = this.state.get() === 'floor' ? 'back-room' : 'floor';
    this.#storage.setItem(key, next);
    this.state.set(next);
  }
}

function lightOf(wishesDark: boolean): RoomLight {
  return wishesDark ? 'back-room' : 'floor';
}
