import {
  contentTypeOf,
  emptyAnswer,
  type HttpAnswer,
  type HttpRequest,
  jsonAnswer,
} from '../http/messages.ts'
import { isSameSecret } from '../oauth/clients.ts'
import { credentialOf } from '../oauth/token-request.ts'
import { apiErrors, invalidFormBody } from './api-errors.ts'
import type { DiscordClient, DiscordContext } from './context.ts'
import { type Guild, memberObject } from './guilds.ts'

const MEMBER = /^\/guilds\/([^/]+)\/members\/([^/]+)(?:\/roles\/([^/]+))?$/

/** The application whose bot sends the request. */
function botOf({ clients }: DiscordContext, request: HttpRequest): DiscordClient | undefined {
  const token = credentialOf(request.headers.authorization, 'Bot')
  if (token === undefined) return undefined
  return [...clients.values()].find(({ botToken }) => botToken !== undefined && isSameSecret(token, botToken))
}

/**
 * The calls about a guild's members, for bots only.
 *
 * @param path without the version: `/guilds/…`
 * @returns undefined when the path is another
 */
export function answerGuildCall(
  context: DiscordContext,
  request: HttpRequest,
  path: string,
): HttpAnswer | undefined {
  const match = MEMBER.exec(path)
  if (match === null) return undefined
  const [, guildId = '', userId = '', roleId] = match
  const bot = botOf(context, request)
  if (bot === undefined) return apiErrors.unauthorized()
  const guild = context.guilds.get(guildId)
  if (guild === undefined) return apiErrors.unknownGuild()
  if (!guild.botClientIds.includes(bot.id)) return apiErrors.missingAccess()

  const { method } = request
  if (roleId !== undefined) {
    if (method !== 'PUT' && method !== 'DELETE') return apiErrors.methodNotAllowed()
    return changeRole(guild, { method, userId, roleId })
  }
  if (method === 'PUT') return addMember(context, request, { guild, bot, userId })
  if (method !== 'GET') return apiErrors.methodNotAllowed()
  const user = context.users.get(userId)
  const member = guild.members.get(userId)
  if (user === undefined) return apiErrors.unknownUser()
  return member === undefined ? apiErrors.unknownMember() : jsonAnswer(200, memberObject(member, user))
}

function changeRole(
  guild: Guild,
  { method, userId, roleId }: { method: 'PUT' | 'DELETE'; userId: string; roleId: string },
): HttpAnswer {
  const member = guild.members.get(userId)
  if (member === undefined) return apiErrors.unknownMember()
  if (!guild.roles.some(({ id }) => id === roleId)) return apiErrors.unknownRole()
  if (method === 'PUT') member.roles.add(roleId)
  else member.roles.delete(roleId)
  return emptyAnswer()
}

/** A bot lets a user in with that user's own access token: 201 and the member, or 204 for who is in already. */
function addMember(
  context: DiscordContext,
  request: HttpRequest,
  { guild, bot, userId }: { guild: Guild; bot: DiscordClient; userId: string },
): HttpAnswer {
  const body = readBody(request)
  if (body === undefined) return invalidFormBody('_', 'CONTENT_TYPE_INVALID', 'Expected a JSON object.')
  const { access_token: accessToken, nick = null, roles = [], mute = false, deaf = false } = body
  if (typeof accessToken !== 'string') {
    return invalidFormBody('access_token', 'BASE_TYPE_REQUIRED', 'This field is required')
  }
  if (nick !== null && typeof nick !== 'string') {
    return invalidFormBody('nick', 'BASE_TYPE_BAD_STRING', 'Could not interpret as string.')
  }
  if (!Array.isArray(roles) || !roles.every((role) => typeof role === 'string')) {
    return invalidFormBody('roles', 'BASE_TYPE_BAD_LIST', 'Only iterables of strings may be used.')
  }
  if (typeof mute !== 'boolean' || typeof deaf !== 'boolean') {
    return invalidFormBody('mute', 'BASE_TYPE_BAD_BOOLEAN', 'Must be either true or false.')
  }
  const user = context.users.get(userId)
  if (user === undefined) return apiErrors.unknownUser()
  const token = context.provider.grants.findAccessToken(accessToken)
  const allowed =
    token?.userId === userId && token.clientId === bot.id && token.scopes.includes('guilds.join')
  if (!allowed) return apiErrors.invalidAccessToken()
  if (guild.members.has(userId)) return emptyAnswer()
  if (roles.some((role) => !guild.roles.some(({ id }) => id === role))) return apiErrors.unknownRole()
  const member = {
    userId,
    nick,
    roles: new Set<string>(roles),
    joinedAt: new Date(context.now()),
    mute,
    deaf,
  }
  guild.members.set(userId, member)
  return jsonAnswer(201, memberObject(member, user))
}

function readBody(request: HttpRequest): Record<string, unknown> | undefined {
  if (contentTypeOf(request) !== 'application/json') return undefined
  try {
    const value: unknown = JSON.parse(request.body)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}
