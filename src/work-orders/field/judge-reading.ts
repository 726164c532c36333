import type { Reading } from '../../contract/field';

/**
 * What a line must measure before its repair may be reported as done. Optical power at the customer's modem: a GPON
 * class B+ receiver works from -27 dBm and is blinded above -8 dBm (ITU-T G.984.2 Amendment 1, table 2c). A mobile
 * reference signal below -110 dBm is what 3GPP TS 36.133 reports as the poorest cell that still serves indoors.
 */
export const STANDARD = { opticalDbm: { from: -27, to: -8 }, rsrpDbm: { from: -110 } } as const;

/** False for a reading with which the customer would be back tomorrow. A speed is judged by the customer's plan alone. */
export function isWithinStandard(reading: Reading): boolean {
  switch (reading.type) {
    case 'optical':
      return reading.dbm >= STANDARD.opticalDbm.from && reading.dbm <= STANDARD.opticalDbm.to;
    case 'mobile':
      return reading.rsrpDbm >= STANDARD.rsrpDbm.from;
    case 'speed':
      return reading.mbps > 0;
  }
}
