/** Whether the platform's comma-separated roles name the one that may open `/admin`. */
export function isAdmin(roles: string): boolean {
  return roles.split(',').some((role) => role.trim().toUpperCase() === 'ADMIN')
}
