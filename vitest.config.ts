import process from 'node:process';
import { defineConfig } from 'vitest/config';

/** What draws every piece: by software that takes both cores, and leaves a page beside it no pictures. */
const drawnPieces = ['tests/browser/gallery.test.ts', 'tests/browser/categories.test.ts'];

/** What draws its own visitor beside the mirror: it needs both cores for itself, or a card is not held long enough. */
const drawnVisitor = ['tests/browser/visitor.test.ts'];

/** What follows a real face, hand or body by the real models: beside another page their pictures come too late to be followed. */
const tracked = ['tracking', 'tracking-parts', 'faces', 'brooch', 'embed', 'journey'].map(
  (name) => `tests/browser/${name}.test.ts`,
);

/** A poll waits for what comes, and a busy host brings it late. */
const patient = { expect: { poll: { timeout: 20_000 } } };

/** Faults take minutes and own servers of their own: `npm run test:faults` asks for them. */
const faults = process.env['VITRINE_TEST_FAULTS']
  ? [
      {
        test: {
          name: 'faults',
          environment: 'node' as const,
          ...patient,
          include: ['tests/faults/**/*.test.ts'],
          testTimeout: 150_000,
          hookTimeout: 150_000,
          // Each measures times: one after another.
          fileParallelism: false,
        },
      },
    ]
  : [];

/**
 * Six projects, and a seventh where it is asked for: `unit` beside the source, `server` on real sockets and databases, `browser` in real
 * Chromium, `tracked` people in it, `pieces` drawn there, the drawn `visitor`.
 */
const config = defineConfig({
  test: {
    reporters: ['default', './tests/support/closing-line-reporter.ts'],
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          ...patient,
          include: [
            '{protocol,sdk,scenes,kiosk,advisor,console,phone,assets,tools,embed,gallery,bench,examples}/**/*.test.{ts,tsx}',
          ],
          // Pure functions share nothing that a test could leave behind; a module graph for each file would double the time.
          isolate: false,
          // Solvers run thousands of times in property tests, beside browsers on the same two cores.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'server',
          environment: 'node',
          ...patient,
          include: [
            'server/**/*.test.ts',
            'tests/{house,server,consumer}/**/*.test.ts',
            // Foreign systems, which `npm run test:oms` installs and starts.
            ...(process.env['VITRINE_TEST_MEDUSA'] ? ['tests/oms/medusa.test.ts'] : []),
            ...(process.env['VITRINE_TEST_VENDURE'] ? ['tests/oms/vendure.test.ts'] : []),
          ],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'browser',
          environment: 'node',
          ...patient,
          include: ['tests/browser/**/*.test.ts'],
          exclude: [...tracked, ...drawnPieces, ...drawnVisitor],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          // A page in one file waits for pictures while one in another draws; more than two would take each other's cores.
          maxWorkers: 2,
          // After the others, which would take both cores from a page that draws and tracks in software.
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'tracked',
          environment: 'node',
          ...patient,
          include: tracked,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'pieces',
          environment: 'node',
          ...patient,
          include: drawnPieces,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          maxWorkers: 2,
          sequence: { groupOrder: 3 },
        },
      },
      {
        test: {
          name: 'visitor',
          environment: 'node',
          ...patient,
          include: drawnVisitor,
          testTimeout: 360_000,
          hookTimeout: 180_000,
          maxWorkers: 1,
          sequence: { groupOrder: 4 },
        },
      },
      ...faults,
    ],
  },
});

// Vitest reads its configuration from the default export.
// oxlint-disable-next-line import/no-default-export
export default config;
