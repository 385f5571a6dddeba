import { randomBytes } from 'node:crypto';

const VERSION_7 = 0x70;
const VARIANT_RFC_9562 = 0x80;

/** Makes a UUIDv7 (RFC 9562 §5.7) in lower case: 48 bits of time, 74 random ones. Lambda's Node minor is not ours, so not `randomUUIDv7`. */
export function uuidV7(nowMs: number): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(nowMs, 0, 6);
  bytes[6] = (bytes.readUInt8(6) & 0x0f) | VERSION_7;
  bytes[8] = (bytes.readUInt8(8) & 0x3f) | VARIANT_RFC_9562;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
