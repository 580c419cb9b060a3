import 'reflect-metadata';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as x509 from '@peculiar/x509';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const dayMs = 86_400_000;
const rootLifeMs = 3_650 * dayMs;
/** Browsers refuse server certificates that live longer than 398 days. */
const leafLifeMs = 397 * dayMs;
const renewBeforeMs = 30 * dayMs;

x509.cryptoProvider.set(crypto);

/** A certificate for this server, and the root that a tablet or kiosk must trust once. All PEM. */
export interface LocalCertificate {
  readonly cert: string;
  readonly key: string;
  readonly rootCert: string;
}

interface KeyedCertificate {
  readonly certificate: x509.X509Certificate;
  readonly privateKeyPem: string;
}

/**
 * A certificate for `hosts` (names and addresses) by a certificate authority of this machine's own, which is made once
 * and kept in `dir` with keys that only this user can read. The server's certificate is renewed when the hosts change or
 * its end is near; the root stays, so that devices need to trust it once only.
 */
export async function localCertificate(
  dir: string,
  hosts: readonly string[],
  nowMs: number,
): Promise<LocalCertificate> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const root = (await read(dir, 'root', nowMs)) ?? (await makeRoot(dir, nowMs));
  const wanted = hosts.toSorted().join();
  const kept = await read(dir, 'server', nowMs);
  const fits =
    kept &&
    subjectHosts(kept.certificate).toSorted().join() === wanted &&
    // A root that was lost and made anew did not sign what is kept.
    (await kept.certificate.verify({ publicKey: root.certificate, signatureOnly: true }));
  const leaf = fits ? kept : await makeLeaf(dir, root, hosts, nowMs);
  return {
    cert: `${leaf.certificate.toString('pem')}\n${root.certificate.toString('pem')}\n`,
    key: leaf.privateKeyPem,
    rootCert: root.certificate.toString('pem'),
  };
}

async function read(dir: string, name: string, nowMs: number): Promise<KeyedCertificate | undefined> {
  try {
    const certificate = new x509.X509Certificate(await readFile(path.join(dir, `${name}.crt`), 'utf8'));
    const privateKeyPem = await readFile(path.join(dir, `${name}.key`), 'utf8');
    return certificate.notAfter.getTime() - renewBeforeMs > nowMs
      ? { certificate, privateKeyPem }
      : undefined;
  } catch {
    return undefined;
  }
}

async function keep(
  dir: string,
  name: string,
  certificate: x509.X509Certificate,
  key: CryptoKey,
): Promise<KeyedCertificate> {
  const privateKeyPem = x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
  await writeFile(path.join(dir, `${name}.key`), privateKeyPem, { mode: 0o600 });
  await writeFile(path.join(dir, `${name}.crt`), certificate.toString('pem'));
  return { certificate, privateKeyPem };
}

async function makeRoot(dir: string, nowMs: number): Promise<KeyedCertificate> {
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=Vitrine local authority',
    notBefore: new Date(nowMs - dayMs),
    notAfter: new Date(nowMs + rootLifeMs),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return keep(dir, 'root', certificate, keys.privateKey);
}

async function makeLeaf(
  dir: string,
  root: KeyedCertificate,
  hosts: readonly string[],
  nowMs: number,
): Promise<KeyedCertificate> {
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const signingKey = await crypto.subtle.importKey(
    'pkcs8',
    x509.PemConverter.decodeFirst(root.privateKeyPem),
    algorithm,
    false,
    ['sign'],
  );
  const certificate = await x509.X509CertificateGenerator.create({
    subject: 'CN=Vitrine server',
    issuer: root.certificate.subject,
    notBefore: new Date(nowMs - dayMs),
    notAfter: new Date(nowMs + leafLifeMs),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        hosts.map((value) => ({ type: isAddress(value) ? ('ip' as const) : ('dns' as const), value })),
      ),
      await x509.AuthorityKeyIdentifierExtension.create(root.certificate.publicKey),
    ],
  });
  return keep(dir, 'server', certificate, keys.privateKey);
}

function isAddress(host: string): boolean {
  return /^[\d.]+$/.test(host) || host.includes(':');
}

function subjectHosts(certificate: x509.X509Certificate): string[] {
  const names = certificate.getExtension(x509.SubjectAlternativeNameExtension);
  return names ? names.names.items.map((item) => item.value) : [];
}
