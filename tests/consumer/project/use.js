import { Catalogue, readTypedCode } from 'vitrine/protocol';
import * as sdk from 'vitrine';
import * as scenes from 'vitrine/scenes';
import * as element from 'vitrine/element';
import * as boutique from 'vitrine/boutique';
import { conformanceChecks, HouseConnector } from 'vitrine/connector';

console.log(
  JSON.stringify({
    typedCode: readTypedCode('ab1o-cd1e'),
    error: Catalogue.safeParse({}).success ? 'zod accepts' : 'zod refuses',
    sdk: Object.keys(sdk).length > 0,
    scenes: Object.keys(scenes).length > 0,
    element: Object.keys(element).length > 0,
    boutique: Object.keys(boutique).length > 0,
    connector: typeof HouseConnector === 'function' && conformanceChecks.length > 20,
  }),
);
