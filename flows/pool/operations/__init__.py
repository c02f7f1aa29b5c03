"""One file per API operation; this list is the whole of what the pool can do.

Every module has ``NAME`` (the operation's name in the service model) and ``perform(request, call)`` (the types stand in
``flows.pool.operations.call``), which raises ``PoolError`` to refuse. Whether an operation needs a signature stands in
botocore's model, not here.
"""

from flows.pool.operations import (
    admin_confirm_sign_up,
    admin_create_user,
    admin_delete_user,
    admin_delete_user_attributes,
    admin_disable_user,
    admin_enable_user,
    admin_get_user,
    admin_initiate_auth,
    admin_reset_user_password,
    admin_respond_to_auth_challenge,
    admin_set_user_password,
    admin_update_user_attributes,
    admin_user_global_sign_out,
    create_user_pool,
    create_user_pool_client,
    describe_user_pool,
    describe_user_pool_client,
    get_tokens_from_refresh_token,
    get_user,
    global_sign_out,
    initiate_auth,
    list_users,
    respond_to_auth_challenge,
    revoke_token,
)
from flows.pool.operations.call import Perform

MODULES = (
    admin_confirm_sign_up,
    admin_create_user,
    admin_delete_user,
    admin_delete_user_attributes,
    admin_disable_user,
    admin_enable_user,
    admin_get_user,
    admin_initiate_auth,
    admin_reset_user_password,
    admin_respond_to_auth_challenge,
    admin_set_user_password,
    admin_update_user_attributes,
    admin_user_global_sign_out,
    create_user_pool,
    create_user_pool_client,
    describe_user_pool,
    describe_user_pool_client,
    get_tokens_from_refresh_token,
    get_user,
    global_sign_out,
    initiate_auth,
    list_users,
    respond_to_auth_challenge,
    revoke_token,
)

OPERATIONS: dict[str, Perform] = {module.NAME: module.perform for module in MODULES}
