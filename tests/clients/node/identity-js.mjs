// amazon-cognito-identity-js, unmodified; only the endpoint is ours. Its callbacks become promises here.

import { MemoryStorage, speak } from "./speak.mjs";
import identity from "amazon-cognito-identity-js";

const { AuthenticationDetails, CognitoUser, CognitoUserPool } = identity;

let pool;
let storage;
let user;

/** Call `start` with the callbacks of a sign-in; the name of the step that it leads to. */
function step(start) {
  return new Promise((resolve, reject) => {
    start({
      onSuccess: () => resolve("DONE"),
      onFailure: reject,
      newPasswordRequired: () => resolve("NEW_PASSWORD_REQUIRED"),
    });
  });
}

/** Call `start` with a Node-style callback. */
function result(start) {
  return new Promise((resolve, reject) => {
    start((error, value) => (error ? reject(error) : resolve(value)));
  });
}

await speak({
  async configure({ userPoolId, clientId, endpoint }) {
    storage = new MemoryStorage();
    pool = new CognitoUserPool({ UserPoolId: userPoolId, ClientId: clientId, endpoint, Storage: storage });
  },

  async signIn({ username, password, flow }) {
    user = new CognitoUser({ Username: username, Pool: pool, Storage: storage });
    user.setAuthenticationFlowType(flow);
    const details = new AuthenticationDetails({ Username: username, Password: password });
    return await step((callbacks) => user.authenticateUser(details, callbacks));
  },

  async answerNewPassword({ password }) {
    return await step((callbacks) => user.completeNewPasswordChallenge(password, {}, callbacks));
  },

  async tokens() {
    const session = user.getSignInUserSession();
    return {
      access: session.getAccessToken().getJwtToken(),
      id: session.getIdToken().getJwtToken(),
      refresh: session.getRefreshToken().getToken(),
    };
  },

  async refresh() {
    const token = user.getSignInUserSession().getRefreshToken();
    await result((callback) => user.refreshSession(token, callback));
  },

  async attributes() {
    const attributes = await result((callback) => user.getUserAttributes(callback));
    return Object.fromEntries(attributes.map(({ Name, Value }) => [Name, Value]));
  },

  async signOut() {
    await result((callback) => user.signOut(callback));
  },

  async signOutEverywhere() {
    await step((callbacks) => user.globalSignOut(callbacks));
  },
});
