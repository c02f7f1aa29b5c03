// aws-amplify v6, unmodified; only the endpoint is ours.

import { MemoryStorage, speak } from "./speak.mjs";
import { Amplify } from "aws-amplify";
import {
  confirmSignIn,
  fetchAuthSession,
  fetchUserAttributes,
  signIn,
  signOut,
} from "aws-amplify/auth";
import { cognitoUserPoolsTokenProvider } from "aws-amplify/auth/cognito";
import { Hub } from "aws-amplify/utils";

const NAMES = { CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED: "NEW_PASSWORD_REQUIRED" };

function nameOf({ nextStep }) {
  return NAMES[nextStep.signInStep] ?? nextStep.signInStep;
}

await speak({
  async configure({ userPoolId, clientId, endpoint }) {
    Amplify.configure({
      Auth: { Cognito: { userPoolId, userPoolClientId: clientId, userPoolEndpoint: endpoint } },
    });
    cognitoUserPoolsTokenProvider.setKeyValueStorage(new MemoryStorage());
  },

  async signIn({ username, password, flow }) {
    return nameOf(await signIn({ username, password, options: { authFlowType: flow } }));
  },

  async answerNewPassword({ password }) {
    return nameOf(await confirmSignIn({ challengeResponse: password }));
  },

  async tokens() {
    const stored = await cognitoUserPoolsTokenProvider.authTokenStore.loadTokens();
    return {
      access: stored.accessToken.toString(),
      id: stored.idToken.toString(),
      refresh: stored.refreshToken,
    };
  },

  // A refusal of the refresh token is told to listeners only; fetchAuthSession() then answers without tokens.
  async refresh() {
    let failure;
    const stop = Hub.listen("auth", ({ payload }) => {
      if (payload.event === "tokenRefresh_failure") failure = payload.data.error;
    });
    const { tokens } = await fetchAuthSession({ forceRefresh: true }).finally(stop);
    if (!tokens) throw failure;
  },

  async attributes() {
    return await fetchUserAttributes();
  },

  async signOut() {
    await signOut();
  },

  async signOutEverywhere() {
    await signOut({ global: true });
  },
});
