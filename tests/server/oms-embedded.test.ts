import { afterAll, beforeAll, describe } from 'vitest';
import { freshDatabases } from './support/databases.ts';
import { itConforms } from './support/conformance.ts';
import { EmbeddedHouse } from './support/embedded-house.ts';

describe.each(freshDatabases)('the embedded OMS on $name', ({ fresh }) => {
  let house: EmbeddedHouse;
  beforeAll(async () => {
    house = await EmbeddedHouse.open(fresh);
  });
  afterAll(async () => {
    await house.close();
  });

  // It shares the server's own database and cannot be cut off from it.
  itConforms(() => house.underTest(), ['throws `unavailable`', 'holds nothing while']);
});
