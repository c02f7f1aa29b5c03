// amazon-cognito-identity-js, unmodified; only the endpoint is ours. Its callbacks become promises here.

import { MemoryStorage, speak } from "./speak.mjs";
import identity from "amazon-cognito-identity-js";

const { AuthenticationDetails, CognitoUser, CognitoUserPool } = identity;

let pool;
let storage;
let user;
let asked; // the challenge that waits for an answer

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

/** The same for CUSTOM_AUTH: the challenge and what it has made public. */
function challenge(start) {
  return new Promise((resolve, reject) => {
    const is = (name) => (parameters) => resolve({ name: (asked = name), parameters });
    start({
      onSuccess: () => resolve({ name: "DONE" }),
      onFailure: reject,
      customChallenge: is("CUSTOM_CHALLENGE"),
      newPasswordRequired: () => is("NEW_PASSWORD_REQUIRED")({}),
      totpRequired: () => is("SOFTWARE_TOKEN_MFA")({}),
    });
  });
}

const ANSWERS = {
  CUSTOM_CHALLENGE: (answer, callbacks, metadata) =>
    user.sendCustomChallengeAnswer(answer, callbacks, metadata),
  NEW_PASSWORD_REQUIRED: (answer, callbacks, metadata) =>
    user.completeNewPasswordChallenge(answer, {}, callbacks, metadata),
  SOFTWARE_TOKEN_MFA: (answer, callbacks, metadata) =>
    user.sendMFACode(answer, callbacks, "SOFTWARE_TOKEN_MFA", metadata),
};

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

  // With a password authenticateUser() begins by SRP; initiateAuth() begins without.
  async beginCustomAuth({ username, password, metadata, parameters }) {
    user = new CognitoUser({ Username: username, Pool: pool, Storage: storage });
    user.setAuthenticationFlowType("CUSTOM_AUTH");
    const details = new AuthenticationDetails({
      Username: username,
      Password: password,
      ClientMetadata: metadata,
      AuthParameters: parameters,
    });
    return await challenge((callbacks) =>
      password ? user.authenticateUser(details, callbacks) : user.initiateAuth(details, callbacks),
    );
  },

  async answer({ answer, metadata }) {
    return await challenge((callbacks) => ANSWERS[asked](answer, callbacks, metadata));
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
