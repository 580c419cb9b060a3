import { expect, it } from 'vitest';
import { pickHouse } from './pick-house.ts';

const config = {
  maisons: [
    { id: 'aurelle', name: 'Aurelle' },
    { id: 'norde', name: 'Norde' },
  ],
};

it('takes the house that the address names, else the remembered one, else the first', () => {
  expect(pickHouse(config, '?maison=norde', 'aurelle')?.id).toBe('norde');
  expect(pickHouse(config, '', 'norde')?.id).toBe('norde');
  expect(pickHouse(config, '?maison=nobody', null)?.id).toBe('aurelle');
  expect(pickHouse({ maisons: [] }, '', 'norde')).toBeUndefined();
});
