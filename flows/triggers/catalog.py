"""Every trigger, by the name that its function has: what LAMBDA_HANDLERS may hold and what the AWS template deploys."""

CATALOG: dict[str, str] = {
    "define-auth-challenge": "flows.triggers.define_auth_challenge.handler",
    "create-auth-challenge": "flows.triggers.create_auth_challenge.handler",
    "verify-auth-challenge-response": "flows.triggers.verify_auth_challenge_response.handler",
    "user-migration": "flows.triggers.user_migration.handler",
    "pre-sign-up": "flows.triggers.pre_sign_up.handler",
    "post-confirmation": "flows.triggers.post_confirmation.handler",
    "pre-authentication": "flows.triggers.pre_authentication.handler",
    "post-authentication": "flows.triggers.post_authentication.handler",
    "pre-token-generation": "flows.triggers.pre_token_generation.handler",
    "custom-message": "flows.triggers.custom_message.handler",
    "custom-email-sender": "flows.triggers.custom_email_sender.handler",
    "custom-sms-sender": "flows.triggers.custom_sms_sender.handler",
}
