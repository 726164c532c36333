import { newId } from '../shared/outgoing';

/** A random UUID (RFC 9562, version 4), on pages without https too, where `crypto.randomUUID` is missing. */
export function newUuid(): string {
  const hex = newId();
  const variant = '89ab'[Number.parseInt(hex[16] ?? '0', 16) % 4];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}
