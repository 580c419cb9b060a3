import { describe, expect, it } from 'vitest';
import { readEvents, storeAtIn } from './epcis-document.ts';
import { asGtin14, glnOf, gtinOf } from './gs1-names.ts';

describe('a name that GS1 gives', () => {
  it('to an item tells its GTIN, as a URN or as a link, of one piece or of a class', () => {
    // The standard's own example: company 0614141, item 112345, indicator 8.
    expect(gtinOf('urn:epc:id:sgtin:0614141.812345.6789')).toBe('80614141123458');
    expect(gtinOf('urn:epc:id:sgtin:0614141.812345.67.89')).toBe('80614141123458');
    expect(gtinOf('urn:epc:class:lgtin:0614141.812345.A1')).toBe('80614141123458');
    expect(gtinOf('urn:epc:idpat:sgtin:0614141.812345.*')).toBe('80614141123458');
    expect(gtinOf('https://id.gs1.org/01/80614141123458/21/6789')).toBe('80614141123458');
    expect(gtinOf('https://maison.example/p/01/2901051000118?x=1')).toBe('02901051000118');
  });

  it('that is none, or whose check digit is wrong, tells nothing', () => {
    const names = [
      'urn:epc:id:sgtin:0614141.8123456.1',
      'urn:epc:id:sscc:0614141.1234567890',
      'https://id.gs1.org/01/80614141123459',
      'fjord-51.tortoise',
      '',
    ];
    for (const name of names) expect(gtinOf(name)).toBeNull();
    expect(asGtin14('2901051000119')).toBeNull();
  });

  it('to a place tells its GLN', () => {
    expect(glnOf('urn:epc:id:sgln:0614141.12345.400')).toBe('0614141123452');
    expect(glnOf('https://id.gs1.org/414/0614141123452/254/400')).toBe('0614141123452');
    expect(glnOf('https://id.gs1.org/414/0614141123453')).toBeNull();
    expect(glnOf('the back room')).toBeNull();
  });
});

describe('EPCIS events', () => {
  const ours = {
    storeAt: storeAtIn({ '0614141123452': 'norde-marais', 'urn:back-room': 'norde-mayfair' }),
    skuOf: (gtin: string) => (gtin === '80614141123458' ? 'fjord-51.tortoise' : null),
  };
  const event = {
    type: 'ObjectEvent',
    eventTime: '2026-11-27T10:00:00.000+01:00',
    eventTimeZoneOffset: '+01:00',
    action: 'OBSERVE',
    epcList: ['urn:epc:id:sgtin:0614141.812345.1', 'urn:epc:id:sgtin:0614141.812345.2'],
    readPoint: { id: 'urn:epc:id:sgln:0614141.12345.400' },
  };

  it('hint once at each piece, however many of it were seen', () => {
    expect(readEvents([event, event], ours)).toEqual({
      hints: [{ storeId: 'norde-marais', sku: 'fjord-51.tortoise' }],
      faults: [],
    });
  });

  it('of an aggregation hint at what it holds, where it stays rather than where it was read', () => {
    const { epcList: childEPCs, ...rest } = event;
    const aggregation = {
      ...rest,
      type: 'AggregationEvent',
      parentID: 'urn:epc:id:sscc:0614141.1234567890',
      childEPCs,
      bizLocation: { id: 'urn:back-room' },
    };
    expect(readEvents([aggregation], ours).hints).toEqual([
      { storeId: 'norde-mayfair', sku: 'fjord-51.tortoise' },
    ]);
  });

  it('that cannot be used are named, and do not keep the others from being used', () => {
    const elsewhere = { ...event, readPoint: { id: 'urn:epc:id:sgln:0614141.99999.0' } };
    const { hints, faults } = readEvents([{ type: 'TransformationEvent' }, elsewhere, null, event], ours);
    expect(hints).toHaveLength(1);
    expect(faults.map(({ index }) => index)).toEqual([0, 1, 2]);
  });

  it('say nothing about pieces that are not ours', () => {
    const stranger = { ...event, epcList: ['urn:epc:id:sgtin:4012345.098765.1', 'an umbrella'] };
    expect(readEvents([stranger], ours)).toEqual({ hints: [], faults: [] });
  });
});
