import { describe, expect, it } from 'vitest'
import { admit, isLoopback } from '../../src/viewer/http-access.ts'

const everywhere = { host: '0.0.0.0', token: 'secret' }
const asked = (headers: Readonly<Record<string, string>>, url = '/api/graphs') =>
  admit({ headers: { host: 'db.example:9474', ...headers }, url }, everywhere)
const statusOf = (answer: ReturnType<typeof admit>) => ('status' in answer ? answer.status : 200)

describe('beyond loopback', () => {
  it('needs the token, as bearer or as cookie', () => {
    expect(statusOf(asked({}))).toBe(401)
    expect(statusOf(asked({ authorization: 'Bearer wrong' }))).toBe(401)
    expect(statusOf(asked({ authorization: 'Bearer secret' }))).toBe(200)
    expect(statusOf(asked({ cookie: 'other=1; smg_token=secret' }))).toBe(200)
    expect(statusOf(asked({ cookie: 'other_smg_token=secret' }))).toBe(401)
  })

  it('makes a token in the address a cookie, and shows the page without it', () => {
    expect(asked({}, '/?token=secret')).toMatchObject({
      status: 303,
      headers: { location: '/', 'set-cookie': 'smg_token=secret; HttpOnly; SameSite=Strict; Path=/' },
    })
    expect(statusOf(asked({}, '/?token=wrong'))).toBe(401)
  })

  it('lets no page of another origin ask, whatever it sends along', () => {
    const cookie = 'smg_token=secret'
    expect(statusOf(asked({ cookie, origin: 'https://evil.example' }))).toBe(403)
    expect(statusOf(asked({ cookie, origin: 'http://db.example:9475' }))).toBe(403)
    expect(statusOf(asked({ cookie, origin: 'http://db.example:9474' }))).toBe(200)
    expect(statusOf(asked({ cookie, 'sec-fetch-site': 'cross-site' }))).toBe(403)
    // A link on a page of another site leads here.
    expect(statusOf(asked({ cookie, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }))).toBe(200)
  })
})

describe('on loopback', () => {
  it('answers to its own names alone', () => {
    const local = { host: '127.0.0.1', token: null }
    for (const host of ['127.0.0.1:9474', 'localhost:9474', '[::1]:9474'])
      expect(statusOf(admit({ headers: { host }, url: '/' }, local))).toBe(200)
    for (const host of ['evil.example:9474', ''])
      expect(statusOf(admit({ headers: { host }, url: '/' }, local))).toBe(403)
  })

  it('is what is reached from this machine only', () => {
    for (const host of ['127.0.0.1', '127.1.2.3', '::1', 'localhost']) expect(isLoopback(host)).toBe(true)
    for (const host of ['0.0.0.0', '::', '192.168.0.7', '127.evil.example']) expect(isLoopback(host)).toBe(false)
  })
})
