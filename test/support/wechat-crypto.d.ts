/** The part of wechat-crypto that tests use; the package brings no types. */
declare module 'wechat-crypto' {
  export default class WechatCrypto {
    constructor(token: string, encodingAesKey: string, appId: string);
    getSignature(timestamp: string, nonce: string, encrypted: string): string;
    encrypt(message: string): string;
    decrypt(encrypted: string): { message: string; id: string };
  }
}
