select local_identity.org, organization.root_key, local_identity.certificate
from local_identity
join organization on organization.id = local_identity.org
