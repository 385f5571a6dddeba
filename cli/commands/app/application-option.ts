/** Which application is meant, as the argument of the commands about applications themselves. */
export const APPLICATION_ARGUMENT = { name: 'app', summary: 'key of the application, which "scim app list" shows' };
