import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { once } from '../../contracts/kit/contract.ts'

/** The name of the key in the JWKS and in every token's header. */
export const KEY_ID = 'mock-user-1'

export const privateKey = once(() => createPrivateKey({ key: JWK, format: 'jwk' }))
export const publicKey: () => KeyObject = once(() => createPublicKey(privateKey()))

/**
 * Not a secret: it was made for this fake and signs for nothing else. It stands here, and is not made at the start,
 * so that a client that keeps the public key still believes the tokens of the next run.
 */
const JWK = {
  kty: 'RSA',
  n:
    'ztNwtlTKsNwRvuEINU-nj2IPLwM4Q_TiGb8T0ctIs0uI2VOY8ijk7VuMSADDTElC5S-MF_RsbAGSQp43Rl0FLTa9nAbBVzLkJcn7-LdH8XwqPqM__zSPg1ze' +
    'YVxsFYAEZqkDjOC8fX6HCBwFrYyBaCK5eMHldLgAAsve5AyK2AuDcuqgt5zVK-5biYJYDbaoBw_Gv3A8ZVs8QFkpgJP0x2VDKe3EcMCujXj7cRbhM4DaHLph' +
    'dlJfZCNJQoMHV5dMO1hFUTruKVlsM4mTN9LOryC7KgcHRwYAdAM_X80eO55OWOLlQbXJgILyeI6DJcL0CYHsduIgnXNBRAjt0PgwSw',
  e: 'AQAB',
  d:
    'EJWFuSkNY6cRyTN0HAo6DlY3j3Z7oX9WTegzZ6QcPTw2Se7ZGbnLuXiYxAFDp69MLOJmIlmYBAUQPEVBe2PkEV8NTyB_ikVrY9hRWv0fSK7DGGiwrf8B7u-Y' +
    'aUgm5oZwU-cDgN1YX9uwaicNEYBts_Ls2lD53CUQ4yiDw9d5np8Q0C5qwud7df2bwSfmGjam8i8w9uNclKao0OV9TIwZjcdqtHrtEp6A60NVTuBohjCLhWqY' +
    '1FflSQ7T5R9DPHNxkTZHJmzwdERLkgKhoIFlRjFEH_Ym1GF-kLEp44j3bWQdHj8WTsNU-heiXgG6y8nXkqDQmdfBYRi1eaUZCiqt4Q',
  p:
    '6dv5sLqy--dDFyeiQrLZjRtLtDstuJ90mQhsAbvoXUMeSqDvnNaAx2wCj-yt8Q8OlTvQwIYInML3y1h_xzKnFkyLgh1EwjXbImrGrTfuvZf00JfvsAM_9fGX' +
    'v0CijjJRwgWaz3MSpKUlR1CiYg1BxZKtlI0lOzmpOIZfiBGzhdE',
  q:
    '4mhCr1Op9wKn94VO8oSTfP5FZ55nd4t6tcCCgfBZQfpp7My5rrZ5_oaI8-kR6aJS6Q0865Lde9kjdMIO7MHd2BMmL8FtVe8SiZYvTuCdSzpqTi7Lpau3ek1u' +
    'P7wJiQ12Uj0nnRjyLFailCGJMpuqFb4U1OKPMKmYHyH83MuCb1s',
  dp:
    'mG0EhihqWL4XgJQYspiYK9zKryKTXm6wNL7EhyzO-1qv97yF8RfuwAyqbty5UxGZU7O1EIdMPcDmeeepAVEGjwY9OAWTt3Ia7ofiDy0RswnES-F8HKFBozBg' +
    '1Atw6HXrzCaTDPvX_vCVJ7Jq5LX3VKuR7-0_gybGIU2UHsBK3sE',
  dq:
    'fUsNfFFkgdnqckRHyFYt-MIOTqWOxM1ffy2mC5qjCqw16mHxcApzwLNbHwAgdZbrIyW8TPHduCgWQwsRj1xKFMWkIFF-3EuNiq6eR5xt76_IHLQw5uH8i6ZG' +
    'GOdKr5nPnPtS7NFdU8Qt_KQCdQtIOPgUNyuZ6mgwUypP8TB-Ynk',
  qi:
    'F5KnQGkm_iEMbs0R08uW_ATP3Ejxy2KSZNVrmB31mPUPPdCW7J8wSuR0SH-EdJ6kJcX-v6rlLbvVlog8oogwWJA0sQf6yUmIlf4HikMz_N59zRKJFnRWDBdM' +
    'WQRsEP4gRrPp67FjSI9Ig8ssv9WkBDs_SsVozD0GPe_AhPLCDdg',
}
