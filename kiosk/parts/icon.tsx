import type { ReactNode } from 'react';

const paths = {
  back: 'M15 5 8 12l7 7',
  next: 'M9 5l7 7-7 7',
  heart:
    'M12 19.5S4.5 15 4.5 9.6A4.1 4.1 0 0 1 8.6 5.5c1.5 0 2.7.8 3.4 2 .7-1.2 1.9-2 3.4-2a4.1 4.1 0 0 1 4.1 4.1c0 5.4-7.5 9.9-7.5 9.9Z',
  closer: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13Zm4.8-1.7L20 20M10.5 7.8v5.4M7.8 10.5h5.4',
  advisor: 'M12 11.5a3.7 3.7 0 1 0 0-7.5 3.7 3.7 0 0 0 0 7.5ZM4.8 20c.6-3.6 3.5-5.6 7.2-5.6s6.6 2 7.2 5.6',
  camera: 'M12 15.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM4 6.5h16v11H4z',
  company:
    'M9 11.2a3.1 3.1 0 1 0 0-6.2 3.1 3.1 0 0 0 0 6.2ZM3.2 18.8c.5-3 2.8-4.8 5.8-4.8s5.3 1.8 5.8 4.8M16 11.2a2.7 2.7 0 1 0-.6-5.3M17 14.2c2 .4 3.4 1.9 3.8 4.1',
  give: 'M5 13.5V19h14v-5.5M12 15V4.5M8 8.5l4-4 4 4',
  card: 'M4 7.5h16v10H4zM4 10.5h16',
  check: 'M5.5 12.5l4.2 4.2L18.5 8',
  close: 'M7 7l10 10M17 7 7 17',
  phone: 'M8 3.5h8a1 1 0 0 1 1 1v15a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1v-15a1 1 0 0 1 1-1ZM11 17.5h2',
  add: 'M12 5.5v13M5.5 12h13',
} as const;

/** A line drawing of the kiosk's own, 24 by 24; says nothing to a screen reader. */
export function Icon({ name, filled = false }: { name: keyof typeof paths; filled?: boolean }): ReactNode {
  const mirrored = name === 'back' || name === 'next';
  return (
    <svg
      className={mirrored ? 'icon icon-directed' : 'icon'}
      viewBox="0 0 24 24"
      aria-hidden="true"
      focusable="false"
      fill={filled ? 'currentColor' : 'none'}
    >
      <path
        d={paths[name]}
        stroke="currentColor"
        strokeWidth="1.3"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
